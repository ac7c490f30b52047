#!/usr/bin/env bash
# Builds and pushes the stand-ins of images/table.txt that are missing or out of date.
# Usage: images.sh [FOLDER | OFFICIAL-NAME]...   (default: what the end-to-end suite needs)
set -euo pipefail
source "$(dirname "$(readlink -f "$0")")/lib.sh"

readonly images=$engine_dir/images
readonly manifests='application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json'
work=$(mktemp -d)
readonly work
trap 'rm -rf "$work"' EXIT

# By relative path: a clone elsewhere has the same stand-ins.
content() { (cd "$images/$1" && find . -type f -print0 | sort -z | xargs -0 sha256sum); }

# Everything outside the stand-in's own folder that goes into it.
shared=$(package_settings; debian_mirror; cat /usr/local/share/ca-certificates/*.crt 2>/dev/null || true; content debian)
readonly shared

# key FOLDER ARGUMENTS: changes whenever the image would.
key() { printf '%s\n' "$shared" "$(content "$1")" "$2" | sha256sum | cut -c 1-20; }

# path NAME: where a mirror is asked for it; only Docker's official images lie under library/.
path() { if [[ $1 == */* ]]; then printf %s "$1"; else printf %s "library/$1"; fi; }

# digest NAME TAG: what the registry has there; nothing if it has nothing.
digest() {
  curl -fsI -H "Accept: $manifests" "http://$registry/v2/$(path "$1")/manifests/$2" |
    tr -d '\r' | sed -n 's/^docker-content-digest: //Ip'
}

# The registry is the memory: the key is a tag beside the official ones.
up_to_date() {
  local key=$1 name want
  shift
  want=$(digest "${1%%:*}" "stand-in-$key") || return 1
  for name in "$@"; do
    [[ $(digest "${name%%:*}" "${name#*:}") == "$want" ]] || return 1
  done
}

# build FOLDER ARGUMENTS KEY NAME...
build() {
  local folder=$1 arguments=$2 key=$3 context=$work/$3 started=$SECONDS variables=() tag tags=()
  shift 3
  [[ $arguments == - ]] || IFS=, read -ra variables <<<"$arguments"
  for tag in "$@" "${1%%:*}:stand-in-$key"; do tags+=("$registry/$(path "$tag")"); done

  cp -R "$images/$folder" "$context"
  # What a Dockerfile cannot get for itself: files of this machine, packages fetched with its configuration.
  if [[ -x $context/context.sh ]]; then (cd "$context" && env ENGINE_DIR="$engine_dir" "${variables[@]}" ./context.sh); fi

  docker build --progress=plain --provenance=false "${variables[@]/#/--build-arg=}" "${tags[@]/#/--tag=}" "$context" >"$work/$key.log" 2>&1 ||
    { tail -n 40 "$work/$key.log" >&2; die "the build of $1 failed"; }
  for tag in "${tags[@]}"; do retry docker push -q "$tag" >/dev/null; done
  for tag in "$@"; do docker tag "$registry/$(path "$tag")" "$tag"; done
  rm -rf "$context"
  say "built $* in $((SECONDS - started)) s"
}

# wanted FOLDER NAMES WISH...: no wish means everything that is not marked with a plus sign.
wanted() {
  local folder=${1#+} names=$2 wish
  if (($# == 2)); then [[ $1 != +* ]]; return; fi
  shift 2
  for wish in "$@"; do
    [[ $wish == "$folder" || " $names " == *" $wish "* ]] && return
  done
  return 1
}

# leave_running N: waits for the oldest builds until at most N are under way.
under_way=()
leave_running() {
  while ((${#under_way[@]} > $1)); do
    wait "${under_way[0]}"
    under_way=("${under_way[@]:1}")
  done
}

mkdir -p "$engine_home"
exec 9>"$engine_home/images.lock"
flock 9

previous=
while read -r folder arguments names; do
  [[ -n $folder && $folder != \#* ]] || continue
  # Everything else is built on Debian: it is never skipped, and comes first.
  [[ $folder == debian ]] || wanted "$folder" "$names" "$@" || continue
  if [[ $previous == debian && $folder != debian ]]; then leave_running 0; fi
  previous=$folder
  folder=${folder#+}
  key=$(key "$folder" "$arguments")
  # shellcheck disable=SC2086 # names is a list
  if ! up_to_date "$key" $names; then
    leave_running 1
    build "$folder" "$arguments" "$key" $names </dev/null &
    under_way+=($!)
  fi
done <"$images/table.txt"
leave_running 0
