#!/usr/bin/env bash
# Installs Docker Engine, buildx, Compose, a registry and a browser from Debian packages.
set -euo pipefail
source "$(dirname "$(readlink -f "$0")")/lib.sh"

export DEBIAN_FRONTEND=noninteractive
readonly policy=/usr/sbin/policy-rc.d

apt_get() { retry apt-get -qq -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 "$@" >/dev/null; }

# Debian 12's Docker predates the containerd image store, so Docker and what it depends on (libc, too)
# come from Debian 13. The low priority leaves every later installation on Debian 12.
add_trixie() {
  local mirror
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' | sed -n 1p)
  [[ -n $mirror ]] || die 'apt knows no Debian archive (is this Debian?)'
  printf 'Package: *\nPin: release n=trixie\nPin-Priority: 100\n' >/etc/apt/preferences.d/nself-engine
  printf 'Types: deb\nURIs: %s\nSuites: trixie\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' \
    "$mirror" >"$trixie_sources"
}

# Packages start their services when installed; start.sh does that here, with its own settings.
without_services() {
  if [[ -e $policy ]]; then "$@"; return; fi
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
  trap 'rm -f "$policy"' EXIT
  "$@"
}

# A docker CLI from elsewhere that comes first on PATH does not look where Debian puts the plugins.
link_plugins() {
  local plugin plugins=${DOCKER_CONFIG:-$HOME/.docker}/cli-plugins
  for plugin in buildx compose; do
    docker "$plugin" version >/dev/null 2>&1 && continue
    mkdir -p "$plugins"
    ln -sf "/usr/libexec/docker/cli-plugins/docker-$plugin" "$plugins/"
  done
}

installed() {
  local tool
  for tool in dockerd docker docker-registry mmdebstrap jq curl sshd busybox shellcheck chromium certutil; do
    command -v "$tool" >/dev/null || return 1
  done
  [[ -s $trixie_sources && -x /usr/libexec/docker/cli-plugins/docker-buildx && -x /usr/libexec/docker/cli-plugins/docker-compose ]]
}

if ! installed; then
  ((EUID == 0)) || die 'installing packages needs root'
  say 'installing Docker Engine from Debian packages'
  apt_get update
  add_trixie
  apt_get update
  without_services apt_get install -y --no-install-recommends docker-registry mmdebstrap jq curl openssh-server busybox shellcheck chromium libnss3-tools
  without_services apt_get install -y --no-install-recommends -t trixie docker.io docker-cli docker-buildx docker-compose
fi
link_plugins
