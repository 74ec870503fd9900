# shellcheck shell=bash
# The private Debian root that PostgreSQL and RabbitMQ run in, where no container engine does.

# Raise the number when what goes into the root changes: each number is a directory of its own.
root_version=1
root_suite=forky
root_packages=rabbitmq-server,postgresql-18,ca-certificates

# need COMMAND PACKAGE [COMMAND PACKAGE]...: install what is missing when we may, else say so.
need() {
    local -a missing=()
    while (($#)); do
        command -v "$1" >/dev/null || missing+=("$2")
        shift 2
    done
    ((${#missing[@]})) || return 0
    { ((EUID == 0)) && command -v apt-get >/dev/null; } ||
        fail "missing: ${missing[*]}" "sudo apt-get install ${missing[*]}"
    step "install ${missing[*]}"
    local log=$state/log/apt.log
    if ! { DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" ||
        { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; }; } \
        </dev/null >"$log" 2>&1; then
        step_failed "apt-get could not install ${missing[*]}: $(grep -m1 -E '^E:' "$log")" "see $log"
    fi
    step_done
}

# The mirror that this system's own apt uses for Debian.
debian_mirror() {
    # shellcheck disable=SC2016 # apt's own variables
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' 'Component: main' 2>/dev/null | head -n 1
}

# Make the root if it is not there yet. It is complete or absent: it gets its name as the last act.
make_root() {
    root=$cache/root-$root_version
    [[ ! -d $root ]] || return 0
    need mmdebstrap mmdebstrap
    mkdir -p "$cache"
    exec 8>"$cache/root.lock"
    flock 8
    if [[ -d $root ]]; then
        exec 8>&-
        return 0
    fi
    local mirror log=$state/log/root.log draft=$cache/root-$root_version.draft
    mirror=$(debian_mirror)
    [[ -n $mirror ]] || fail "apt knows no Debian mirror" "PostgreSQL 18 and RabbitMQ 4.3 come from Debian's $root_suite; or use WARREN_BACKING=docker"
    step "fetch PostgreSQL 18 and RabbitMQ 4.3"
    rm -rf "$draft"
    mkdir "$draft"
    # As a tar through a pipe, so that the files belong to whoever runs this, root or not. The index of a mirror may be
    # older than it is meant to be; what it lists is signed all the same.
    if ! mmdebstrap --variant=minbase --include="$root_packages" --format=tar \
        --aptopt='Acquire::Check-Valid-Until "false"' \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
        --dpkgopt='path-exclude=/usr/share/locale/*' \
        "$root_suite" - "$mirror" 2>"$log" | tar -x -C "$draft" --exclude='./dev/*' 2>>"$log"; then
        rm -rf "$draft"
        step_failed "the private Debian root could not be made: $(grep -m1 -E '^E:' "$log")" "see $log"
    fi
    mkdir -p "$draft"/{etc,var/lib,var/log}/warren
    printf '127.0.0.1 localhost\n::1 localhost\n' >"$draft/etc/hosts"
    chmod 755 "$draft" "$draft"/{etc,var/lib,var/log}/warren
    mv "$draft" "$root"
    exec 8>&-
    step_done
}

# in_root PROGRAM COMMAND...: the words that run COMMAND in the root as PROGRAM's user, with PROGRAM's directories.
# An array, because it is launched as often as it is run.
in_root() {
    local program=$1 user=$1
    shift
    [[ $program != postgresql ]] || user=postgres
    inside=("$home/deploy/script/private-root" "$root" "$user"
        "$state/$program/etc" "$state/$program/data" "$state/$program/log" --
        env -i HOME=/var/lib/warren LANG=C.UTF-8
        PATH=/usr/lib/postgresql/18/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@")
}

# own PROGRAM PATH...: give files to the user that the program runs as.
own() {
    local user=$1
    shift
    ((EUID == 0)) || return 0
    [[ $user != postgresql ]] || user=postgres
    local ids
    ids=$(awk -F: -v user="$user" '$1 == user { print $3 ":" $4 }' "$root/etc/passwd")
    chown -R "$ids" "$@"
}
