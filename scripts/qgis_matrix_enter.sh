#!/bin/sh
# Runs a program in another Debian: enter.sh FOLDER CHECKOUT PROGRAM... Called by qgis_matrix.sh, where
# mounts are seen by nobody else. The checkout and /tmp are at the same places in there; /outside is
# this system.
set -eu
folder=$1
checkout=$2
shift 2
mkdir -p "$folder/tmp" "$folder/outside"
mount -t proc proc "$folder/proc"
mount --rbind /dev "$folder/dev"
mount --bind /tmp "$folder/tmp"
mkdir -p "$folder$checkout"
mount --bind "$checkout" "$folder$checkout"
mount --rbind / "$folder/outside"
exec chroot "$folder" sh -c 'cd "$0" && exec "$@"' "$checkout" "$@"
