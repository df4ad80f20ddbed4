"""A certificate authority of a test's own, and what it signs."""

import os
import subprocess


class Authority:
    def __init__(self, folder):
        self.folder = folder
        os.makedirs(folder, exist_ok=True)
        self.path = self.file("ca.pem")
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                     "-keyout", self.file("ca.key"), "-out", self.path, "-days", "3650", "-subj", "/CN=test authority")

    def file(self, name):
        return os.path.join(self.folder, name)

    def openssl(self, *words):
        subprocess.run(["openssl"] + list(words), check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    def sign(self, name, addresses=(), days=365):
        """Paths of a certificate for a name and of its key; with a negative number of days it is over already."""
        certificate, key, request = (self.file(name + ending) for ending in (".pem", ".key", ".csr"))
        extensions = self.file(name + ".ext")
        with open(extensions, "w") as file:
            file.write("extendedKeyUsage=serverAuth,clientAuth\n")
            if addresses:
                file.write("subjectAltName=" + ",".join("IP:" + address for address in addresses) + "\n")
        self.openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                     "-keyout", key, "-out", request, "-subj", "/CN=" + name)
        when = ["-days", str(days)]
        if days < 0:
            # `x509 -req` signs nothing that is over already; `ca` does.
            return self.sign_past(name, request, key, extensions)
        self.openssl("x509", "-req", "-in", request, "-CA", self.path, "-CAkey", self.file("ca.key"),
                     "-CAcreateserial", "-out", certificate, "-extfile", extensions, *when)
        return certificate, key

    def sign_past(self, name, request, key, extensions):
        database, settings = self.file("index.txt"), self.file("ca.conf")
        open(database, "a").close()
        with open(settings, "w") as file:
            file.write("[ca]\ndefault_ca=a\n[a]\ndatabase=%s\nnew_certs_dir=%s\nrand_serial=yes\ndefault_md=sha256\n"
                       "policy=p\n[p]\ncommonName=supplied\n" % (database, self.folder))
        certificate = self.file(name + ".pem")
        self.openssl("ca", "-batch", "-config", settings, "-cert", self.path, "-keyfile", self.file("ca.key"),
                     "-in", request, "-out", certificate, "-notext", "-extfile", extensions,
                     "-startdate", "20200101000000Z", "-enddate", "20210101000000Z")
        return certificate, key
