#!/usr/bin/env bash
# Writes rootfs.tar: a minimal $SUITE that trusts the certificate authorities this machine trusts.
set -euo pipefail
source "$ENGINE_DIR/lib.sh"

authorities=/usr/local/share/ca-certificates
bootstrap() {
  mmdebstrap --quiet --mode=root --variant=minbase --include=ca-certificates \
    --aptopt=apt.conf \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --customize-hook="cp $authorities/*.crt \"\$1$authorities/\" 2>/dev/null || true" \
    --customize-hook='chroot "$1" update-ca-certificates >/dev/null 2>&1' \
    "$SUITE" rootfs.tar "$(debian_mirror)"
}

# How this machine's apt treats its mirror (one that lags behind, say) holds inside the image too.
{ echo 'Acquire::Retries "3";'; apt-config dump | grep '^Acquire::Check-' || true; } >apt.conf
retry bootstrap
package_settings | sed 's/^\([^=]*\)=\(.*\)$/ENV \1="\2"/' >>Dockerfile
