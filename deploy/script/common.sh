# shellcheck shell=bash
# Speaking to the person at the terminal, and keeping track of processes.

# --- speaking --------------------------------------------------------------------------------------------------------

if [[ -t 1 ]]; then
    bold=$'\e[1m' green=$'\e[32m' red=$'\e[31m' dim=$'\e[2m' plain=$'\e[0m'
else
    bold='' green='' red='' dim='' plain=''
fi

say() { printf '%s\n' "$*"; }

# fail WHAT [WHAT TO DO]: one clear line, then the end.
fail() {
    printf '%swarren:%s %s%s\n' "$red" "$plain" "$1" "${2:+ ${bold}→${plain} $2}" >&2
    ((BASH_SUBSHELL == 0)) || exit "$said_why"
    exit 1
}

# Of a subshell that has told the person already, so that the shell around it keeps quiet.
said_why=70

# unexpected STATUS COMMAND PLACE: what nobody thought of still ends with a line that says where. It is said once, by the
# outermost shell.
unexpected() {
    ((BASH_SUBSHELL == 0)) || exit "$1"
    (($1 != said_why)) || exit 1
    fail "'${2%%$'\n'*}' failed ($3)" "see ${state:-.warren}/log, and please report it"
}

# Seconds, with tenths, since an earlier value of $EPOCHREALTIME.
since() {
    local now=${EPOCHREALTIME/[.,]/} then=${1/[.,]/}
    local tenths=$(((now - then) / 100000))
    printf '%d.%d' $((tenths / 10)) $((tenths % 10))
}

# A step is one line of progress: begun, and ended with how long it took. On a terminal the line is shown at once.
step() {
    step_name=$1
    step_began=$EPOCHREALTIME
    [[ ! -t 1 ]] || printf '  %s… %s' "$dim" "$step_name$plain"
}
step_done() {
    [[ ! -t 1 ]] || printf '\r\e[K'
    printf '  %s✓%s %-34s %6s s\n' "$green" "$plain" "${1:-$step_name}" "$(since "$step_began")"
}
step_failed() {
    [[ ! -t 1 ]] || printf '\r\e[K'
    printf '  %s✗%s %s\n' "$red" "$plain" "$step_name" >&2
    fail "$@"
}

# What works for this script alone ends with it; what it launched goes on.
interrupted() {
    trap - ERR INT TERM EXIT
    jobs -p | xargs --no-run-if-empty kill 2>/dev/null || true
    [[ ! -t 1 ]] || printf '\r\e[K'
    say "Interrupted. What was started goes on: ./warren status, ./warren down"
    exit 130
}

# --- processes ---------------------------------------------------------------------------------------------------------
# A pid file holds the pid of the process itself and, on its second line, when the kernel started it: a number that is
# used again by a stranger is never taken for ours.

# The start time of a process in clock ticks after boot; nothing when there is none. A zombie counts as none.
started_at() {
    local stat
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
    # The second field is the program's name and may hold anything: count from its closing parenthesis.
    local -a fields
    read -ra fields <<<"${stat##*) }"
    [[ ${fields[0]} == Z ]] || printf '%s' "${fields[19]}"
}

# pid_of NAME: the pid of a running process of this instance, or failure.
pid_of() {
    local pid='' began=''
    { { read -r pid && read -r began; } <"$state/run/$1.pid"; } 2>/dev/null || return 1
    [[ -n $began && $(started_at "$pid") == "$began" ]] || return 1
    printf '%s' "$pid"
}

running() { pid_of "$1" >/dev/null; }

any_running() {
    local file
    for file in "$state"/run/*.pid; do
        [[ -e $file ]] || continue
        file=${file##*/}
        ! running "${file%.pid}" || return 0
    done
    return 1
}

# last_words NAME PATTERN: the last line of its log that says why; else its last line.
last_words() {
    local log=$state/log/$1.log line
    line=$(tail -n 400 "$log" 2>/dev/null | grep -E "$2" | tail -n 1) || true
    [[ -n $line ]] || line=$(grep -v '^[[:space:]]*$' "$log" 2>/dev/null | tail -n 1) || true
    line=${line:-it left nothing in its log}
    printf '%.300s' "${line#"${line%%[![:space:]]*}"}"
}

# launch NAME COMMAND...: start a process of its own session, detached from the terminal and from our locks.
launch() {
    local name=$1
    shift
    setsid "$@" </dev/null >>"$state/log/$name.log" 2>&1 6>&- 7>&- 8>&- 9>&- &
    local pid=$!
    disown # it is not a job of ours any more
    printf '%s\n%s\n' "$pid" "$(started_at "$pid")" >"$state/run/$name.pid.new"
    mv "$state/run/$name.pid.new" "$state/run/$name.pid"
}

# ask_to_stop NAME [SIGNAL]
ask_to_stop() {
    local pid
    if pid=$(pid_of "$1"); then kill -s "${2:-TERM}" "$pid" 2>/dev/null || true; fi
}

# stop NAME [SIGNAL [SECONDS]]: ask, wait, insist. No trace stays, whether it ran or not.
stop() {
    local name=$1 signal=${2:-TERM} patience=${3:-30} pid namespace=''
    if pid=$(pid_of "$name"); then
        stopped+=("$pid")
        # Children may outlive it by a moment. In a mount namespace of its own, they are known by that.
        namespace=$(readlink "/proc/$pid/ns/mnt" 2>/dev/null) || true
        ask_to_stop "$name" "$signal"
        if ! until_true "$patience" gone "$name"; then
            kill -s KILL "$pid" 2>/dev/null || true
            until_true 10 gone "$name" ||
                fail "$name (process $pid) does not end, not even when killed" "look at it with: ps -fp $pid"
        fi
        [[ $namespace == "$(readlink /proc/self/ns/mnt)" ]] || until_true 5 namespace_empty "$namespace" || true
    fi
    rm -f "$state/run/$name".{pid,build}
}

gone() { ! running "$1"; }

# Not every system's init collects the dead at once, and until then they look alive to `ps` and `kill -0`.
stopped=()
all_collected() {
    local pid
    for pid in "${stopped[@]}"; do
        [[ ! -e /proc/$pid ]] || return 1
    done
}

# namespace_empty mnt:[4026532000], whose brackets mean something to -lname
namespace_empty() { [[ -z $(find /proc/[0-9]*/ns/mnt -maxdepth 0 -lname "${1/[/\\[}" 2>/dev/null) ]]; }

# until_true SECONDS COMMAND...: ask again every fifth of a second.
until_true() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < deadline)) || return 1
        sleep 0.2
    done
}

# --- secrets -------------------------------------------------------------------------------------------------------------

# keep_secret FILE [BASE64]: a file with 32 random bytes, made once, readable by its owner only.
keep_secret() {
    [[ ! -s $1 ]] || return 0
    mkdir -p "$(dirname "$1")"
    if [[ ${2:-} == base64 ]]; then
        openssl rand -base64 32
    else
        openssl rand -hex 32
    fi | tr -d '\n' >"$1.new"
    mv "$1.new" "$1"
}
