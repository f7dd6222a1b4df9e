#!/bin/sh
# Writes evidence for `lockstep verify --evidence` where there is no JVM; docs/evidence.md has the format.
# usage: attest.sh --lock LOCK_ID --key KEY.pem [--out FILE] [--pid PID [--url URL] [--named NAME]] ROLE=PATH...
#        ROLE is the part of the stack as in the lock (model, projector); PATH a GGUF file or a model's folder.
# Needs sha256sum, awk, openssl 3 and, with --url, curl.
set -eu

fail() { echo "attest.sh: $*" >&2; exit 69; }
usage() { sed -n '3,4s/^# *//p' "$0" >&2; exit 64; }
time_of() { date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ; }
# The name stands after the second field of stat and may hold blanks: what follows its parenthesis is counted.
ticks_of() { sed 's/.*) //' "/proc/$1/stat" | awk '{print $20}'; }
# Text that needs no escapes in JSON; anything else is refused.
plain() { case $1 in *[\"\\]* | *[[:cntrl:]]*) fail "'$1' holds a quote, a backslash or a control character" ;; esac; printf '%s' "$1"; }
field() {
    if [ -n "$2" ]; then
        value=$(plain "$2")
        printf '"%s":"%s",' "$1" "$value"
    fi
}

# Where the paths of the process begin: with other mounts, as in a container, it sees other files under the same names.
root_of() { [ "$(readlink "/proc/$1/ns/mnt")" = "$(readlink /proc/self/ns/mnt)" ] || echo "/proc/$1/root"; }

way() { # PATH: for each link and folder on the way and the file, since when it may lie there; then its path without links
    rest=$1 at=$root
    while [ -n "$rest" ]; do
        name=${rest%%/*}
        case $rest in */*) rest=${rest#*/} ;; *) rest='' ;; esac
        case $name in '' | .) continue ;; ..) [ "$at" = "$root" ] || at=${at%/*}; continue ;; esac
        if [ -L "$at/$name" ]; then
            stat -c %Z "$at/$name"
            target=$(readlink "$at/$name")
            case $target in /*) at=$root ;; esac
            rest=$target/$rest
        elif [ -d "$at/$name" ]; then # who moves a folder changes it and the one around it
            stat -L -c %Z "$at/" "$at/$name" | sort -n | head -n 1
            at=$at/$name
        else
            stat -c %Z "$at/$name" || fail "$1: there is no such file"
            at=$at/$name
        fi
    done
    echo "$at"
}

maps() { # FILE: whether the process holds it in memory; another one of its name is refused
    device=$(printf %04x "0x$(stat -c %D "$1")")
    grep -q " ${device%??}:${device#??} $(stat -c %i "$1") " "/proc/$pid/maps" && return 0
    name=/$(basename "$1") awk '
        { sub(/ \(deleted\)$/, ""); at = length($0) - length(ENVIRON["name"]) + 1
          if (at > 0 && substr($0, at) == ENVIRON["name"]) { found = 1 } }
        END { exit !found }' "/proc/$pid/maps" && fail "process $pid holds another file of the name $1; restart it"
    return 1
}

file() { # ROLE FILE PATH-IN-THE-MODEL
    role=$(plain "$1")
    path=$(plain "$3")
    way "$2" >"$work/way"
    real=$(tail -n 1 "$work/way")
    changed=$(sed '$d' "$work/way" | sort -n | tail -n 1)
    if [ -n "$pid" ] && maps "$real"; then changed=$(stat -c %Z "$real"); fi
    digest=$(sha256sum <"$real")
    printf '{"changed":%s,"path":"%s","role":"%s","sha256":"%s"},' "$changed" "$path" "$role" "${digest%% *}"
}

named_by() { # PID PATH; the whole path: a word, what follows `=` or `,`, or a text in JSON
    tr '\0' '\n' <"/proc/$1/cmdline" | path=$2 awk '
        { for (rest = $0; at = index(rest, ENVIRON["path"]); rest = substr(rest, at + 1)) {
            before = at > 1 ? substr(rest, at - 1, 1) : from
            after = substr(rest, at + length(ENVIRON["path"]), 1)
            if (before ~ /^[=,"]?$/ && after ~ /^[:,"]?$/) { found = 1 }
            from = substr(rest, at, 1)
        } from = "" }
        END { exit !found }'
}

part() { # ROLE PATH
    case $2 in /*) ;; *) set -- "$1" "$PWD/$2" ;; esac
    if [ -n "$pid" ]; then
        named_by "$pid" "$2" || fail "the command line of process $pid does not name $2"
    fi
    if [ -d "$root$2" ]; then
        (cd "$root$2" && find -L . -path ./.git -prune -o -path ./.cache -prune -o -type f -print) | LC_ALL=C sort \
            | while read -r name; do file "$1" "$2/$name" "${name#./}"; done
    else
        file "$1" "$2" "$(basename "$2")"
    fi
}

listens() { # whether the process, or a child of it, listens on the URL's port; its address is not looked at
    port=${url#*://} port=${port%%/*}
    case $port in *:*[0-9]) port=${port##*:} ;; *) case $url in https:*) port=443 ;; *) port=80 ;; esac ;; esac
    sockets=$(cat "/proc/$pid/net/tcp" "/proc/$pid/net/tcp6" 2>/dev/null | awk -v end=":$(printf %04X "$port")" '
        $4 == "0A" && substr($2, length($2) - 4) == end {print $10}')
    children=$(cat /proc/[0-9]*/stat 2>/dev/null | sed -n "s/^\([0-9]*\) .*) . $pid .*/\1/p")
    for each in $pid $children; do
        for socket in $sockets; do
            find "/proc/$each/fd" -lname "socket:\[$socket\]" 2>/dev/null | grep -q . && return 0
        done
    done
    return 1
}

shown() { # what the endpoint shows of this start: llama.cpp's media marker, else the start time in its metrics
    marker=$(curl -fsS "$url/props" 2>/dev/null | sed -n 's/.*"media_marker": *"\([^"]*\)".*/\1/p')
    if [ -n "$marker" ]; then
        printf 'marker:%s' "$(printf '%s' "$marker" | sha256sum | cut -c1-16)"
    else
        curl -fsS "$url/metrics" 2>/dev/null | awk '$1 == "process_start_time_seconds" {print "started:" $2; exit}'
    fi
}

process() {
    boot=$(awk '$1 == "btime" {print $2}' /proc/stat)
    printf '"process":{%s' "$(field boot "$(cat /proc/sys/kernel/random/boot_id)")"
    field named "$named"
    printf '"pid":%s,' "$pid"
    if [ -n "$url" ]; then field shown "$(shown)"; fi
    printf '"started":"%s","ticks":%s},' "$(time_of $((boot + ticks / $(getconf CLK_TCK))))" "$ticks"
}

container() {
    fields=$(field image "${LOCKSTEP_IMAGE_DIGEST-}"; field pod "${LOCKSTEP_POD_UID-}"; field started "${LOCKSTEP_CONTAINER_STARTED-}")
    if [ -n "$fields" ]; then printf '"container":{%s},' "${fields%,}"; fi
}

lock='' key='' out=evidence.json pid='' url='' named='' ticks=''
while [ $# -gt 0 ]; do
    case $1 in
        --lock) lock=$2; shift 2 ;;
        --key) key=$2; shift 2 ;;
        --out) out=$2; shift 2 ;;
        --pid) pid=$2; shift 2 ;;
        --url) url=$2; shift 2 ;;
        --named) named=$2; shift 2 ;;
        -*) usage ;;
        *) break ;;
    esac
done
[ -n "$lock" ] && [ -n "$key" ] && [ $# -gt 0 ] || usage
root=''
if [ -n "$pid" ]; then
    ticks=$(ticks_of "$pid")
    root=$(root_of "$pid")
    [ -z "$url" ] || listens || fail "neither process $pid nor a child of it listens on the port of $url"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for each in "$@"; do part "${each%%=*}" "${each#*=}" >>"$work/files"; done
[ -z "$pid" ] || [ "$(ticks_of "$pid")" = "$ticks" ] || fail "process $pid ended meanwhile"
files=$(sed 's/,$//' "$work/files")
{
    printf '{"at":"%s","by":"attest.sh",' "$(time_of "$(date +%s)")"
    container
    printf '"files":[%s],"lock":"%s",' "$files" "$(plain "$lock")"
    if [ -n "$pid" ]; then process; fi
    printf '"tier":"full","type":"lockstep-evidence/1"}'
} >"$work/evidence"
openssl pkey -in "$key" -pubout -outform DER -out "$work/public"
openssl pkeyutl -sign -rawin -inkey "$key" -in "$work/evidence" -out "$work/signature"
{
    printf '{"evidence":%s,' "$(cat "$work/evidence")"
    printf '"signature":{"key":"%s","value":"%s"}}\n' \
        "$(sha256sum <"$work/public" | cut -d' ' -f1)" "$(openssl base64 -A -in "$work/signature")"
} >"$out.new"
mv "$out.new" "$out"
