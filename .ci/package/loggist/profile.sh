# Whoever may read the store that this machine's accounts share uses it, unless $LOGGIST_STORE says otherwise.
if [ -z "${LOGGIST_STORE:-}" ] && [ -r /var/lib/loggist/store.json ]; then
  LOGGIST_STORE=/var/lib/loggist
  export LOGGIST_STORE
fi
