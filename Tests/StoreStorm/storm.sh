#!/bin/sh
# Trials of the built store from outside.
#   storm.sh kill BINARY ROUNDS    kill -9 of three writers at random moments; nothing acknowledged may be lost
#   storm.sh full BINARY           a tmpfs of 1.5 MiB (needs root): until it is full, and on when there is room again
set -eu
mode=$1 binary=$2
work=$(mktemp -d /tmp/loggist-storm-XXXXXX)
trap 'umount "$work/disk" 2>/dev/null || true; rm -rf "$work"' EXIT
case $mode in
kill)
  "$binary" make "$work/store" 10
  : > "$work/acknowledged"
  round=0
  while [ "$round" -lt "$3" ]; do
    round=$((round + 1))
    pids=
    for name in ama ben eve; do
      "$binary" write "$work/store" "$name-$round" >> "$work/acknowledged.$name" &
      pids="$pids $!"
    done
    sleep "0.$(printf %03d $(($(od -An -N2 -tu2 /dev/urandom) % 150 + 10)))"
    for pid in $pids; do kill -9 "$pid"; done
    wait 2>/dev/null || true
  done
  # The last line of what a killed process said may be cut off: a line without its end counts for nothing.
  for name in ama ben eve; do
    tr -d '\000' < "$work/acknowledged.$name" | grep -E '^[0-9]+ (-|(ama|ben|eve)-[0-9]+ [0-9]+)$' >> "$work/acknowledged" || true
  done
  "$binary" check "$work/store" < "$work/acknowledged"
  ;;
full)
  mkdir "$work/disk"
  mount -t tmpfs -o size=1536k,mode=700 tmpfs "$work/disk"
  "$binary" make "$work/disk/store" 10
  "$binary" write "$work/disk/store" ama 5 > "$work/acknowledged" || true
  ls -l "$work/disk/store"; df -k "$work/disk" | tail -1
  grep '^#' "$work/acknowledged" | head -3
  "$binary" check "$work/disk/store" < "$work/acknowledged"
  mount -o remount,size=8m "$work/disk"
  timeout 0.3 "$binary" write "$work/disk/store" ben >> "$work/acknowledged" || true
  ls -l "$work/disk/store"
  "$binary" check "$work/disk/store" < "$work/acknowledged"
  ;;
esac
