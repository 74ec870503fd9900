# shellcheck shell=bash
# What a person asks for.

processes=("${services[@]}" rabbitmq postgresql)

command_up() {
    local began=$EPOCHREALTIME
    open_instance
    say "${bold}Warren${plain} (instance '$instance', ports from $port_base)"
    check_machine
    bring_up
    say
    print_addresses
    say "${dim}Up in $(since "$began") s.${plain}"
}

bring_up() {
    make_build
    backing_up
    services_up
    make_tenant
    write_env
    prepare_fast_starts
}

check_machine() {
    local directory free
    for directory in "$state" "$cache"; do
        free=$(df -Pk "$directory" | awk 'NR == 2 { print $4 }')
        ((free >= 1024 * 1024)) ||
            fail "only $((free / 1024)) MB are free on the disk of $directory, 1024 MB are needed" "make room, then ./warren up"
    done
}

# Through the front door, like everybody: the tenant, and once a key for it.
make_tenant() {
    [[ ! -s $state/secrets/tenant-key ]] || return 0
    step "tenant demo"
    api PUT /api/v1/tenants/demo '{"name":"Demo"}' >/dev/null
    local answer
    answer=$(api POST /api/v1/api-keys '{"name":"demo","role":"admin"}' "Warren-Tenant: demo")
    jq -er .key <<<"$answer" >"$state/secrets/tenant-key.new" ||
        step_failed "the gateway gave no key for the tenant demo" "see $state/log/gateway.log"
    mv "$state/secrets/tenant-key.new" "$state/secrets/tenant-key"
    step_done
}

# api METHOD PATH BODY [HEADER]: as the platform's administrator. The key goes through curl's standard input.
api() {
    local answer status
    answer=$(
        printf 'header = "Authorization: Bearer %s"\n' "$(<"$state/secrets/gateway/warren.access.bootstrap-key")" |
            curl --config - --silent --show-error --max-time 30 --retry 5 --retry-all-errors --retry-delay 1 \
                --request "$1" --header 'Content-Type: application/json' ${4:+--header "$4"} --data "$3" \
                --write-out '\n%{http_code}' "http://127.0.0.1:$(port gateway-http)$2" 2>&1
    ) || true
    status=${answer##*$'\n'}
    [[ $status == 2?? ]] ||
        step_failed "$1 $2 was answered with $status: $(jq -r '.detail // .title' <<<"${answer%$'\n'*}" 2>/dev/null)" \
            "see $state/log/gateway.log"
    printf '%s' "${answer%$'\n'*}"
}

write_env() {
    cat >"$state/env.new" <<EOF
# How to reach this installation: . $state/env
export WARREN_URL=http://127.0.0.1:$(port gateway-http)
export WARREN_HTTPS_URL=https://$public_host:$(port gateway-https)
export WARREN_API_KEY=$(<"$state/secrets/gateway/warren.access.bootstrap-key")
export WARREN_TENANT=demo
export WARREN_TENANT_API_KEY=$(<"$state/secrets/tenant-key")
export WARREN_MQTT_HOST=$public_host
export WARREN_MQTT_PORT=$(port mqtt)
export WARREN_MQTTS_PORT=$(port mqtts)
export WARREN_WSS_PORT=$(port wss)
export WARREN_CA_FILE=$state/tls/ca.pem
EOF
    mv "$state/env.new" "$state/env"
}

print_addresses() {
    say "REST          http://127.0.0.1:$(port gateway-http)/api/v1   https://$public_host:$(port gateway-https)/api/v1"
    say "MQTT          $public_host:$(port mqtts) (TLS)   wss://$public_host:$(port wss)/mqtt   127.0.0.1:$(port mqtt) (plain)"
    say "RabbitMQ      http://127.0.0.1:$(port management) (user admin, password in ${state#"$PWD/"}/secrets/rabbitmq/admin)"
    say "PostgreSQL    127.0.0.1:$(port postgresql), database warren"
    say "Keys          . ${state#"$PWD/"}/env"
    say "Logs          ./warren logs, or ${state#"$PWD/"}/log"
}

command_down() {
    local purge=''
    case ${1:-} in
    '') ;;
    --purge) purge=yes ;;
    *) fail "down does not know '$1'" "./warren down [--purge]" ;;
    esac
    [[ -d $state ]] || {
        say "The instance '$instance' does not exist."
        return
    }
    lock_instance
    services_down
    backing_down
    until_true 5 all_collected || true
    if [[ -n $purge ]]; then
        purge_instance
        say "The instance '$instance' is stopped, and its data is deleted."
    else
        say "The instance '$instance' is stopped; its data stays. (--purge deletes it.)"
    fi
}

purge_instance() {
    ! in_containers || compose down --volumes --remove-orphans
    [[ ! -s $state/ports ]] || rm -f "$cache/ports/$(<"$state/ports")"
    if [[ $instance == default ]]; then
        # Other instances and the builds live below.
        find "$state" -mindepth 1 -maxdepth 1 ! -name instances ! -name build ! -name build.lock ! -name lock -exec rm -rf {} +
    else
        rm -rf "$state"
    fi
}

# --- looking -------------------------------------------------------------------------------------------------------------

state_of() {
    if running "$1"; then
        if answers "$1"; then printf running; else printf starting; fi
    elif [[ -e $state/run/$1.pid ]]; then
        printf failed # it was started and nobody stopped it
    else
        printf stopped
    fi
}

answers() {
    case $1 in
    rabbitmq) rabbitmq_answers ;;
    postgresql) port_in_use "$(port postgresql)" ;;
    *) ready "$1" ;;
    esac
}

port_of() {
    case $1 in
    rabbitmq) port mqtts ;;
    postgresql) port postgresql ;;
    *) http_port "$1" ;;
    esac
}

command_status() {
    local name json=''
    case ${1:-} in
    '') ;;
    --json) json=yes ;;
    *) fail "status does not know '$1'" "./warren status [--json]" ;;
    esac
    if [[ ! -s $state/ports ]]; then
        if [[ -n $json ]]; then say '[]'; else say "The instance '$instance' does not exist; ./warren up makes it."; fi
        return
    fi
    port_base=$(<"$state/ports")
    for name in "${processes[@]}"; do
        printf '%s %s %s %s\n' "$name" "$(pid_of "$name" || echo null)" "$(port_of "$name")" "$(state_of "$name")"
    done | if [[ -n $json ]]; then
        jq -nR '[inputs / " " | {name: .[0], pid: (.[1] | fromjson), port: (.[2] | tonumber), state: .[3]}]'
    else
        { echo 'PROCESS PID PORT STATE' && sed 's/ null / - /'; } | awk '{ printf "%-22s %8s %6s  %s\n", $1, $2, $3, $4 }'
    fi
}

command_logs() {
    local -a files=()
    if (($#)); then
        known_process "$1"
        if in_containers && [[ $1 == rabbitmq || $1 == postgresql ]]; then
            compose logs --tail 500 "$1"
            return
        fi
        files=("$state/log/$1.log")
    else
        files=("$state"/log/{gateway,*-service,rabbitmq,postgresql}.log)
    fi
    [[ ${1:-} != rabbitmq ]] || files+=("$state"/rabbitmq/log/*.log)
    [[ -e ${files[0]} ]] || fail "there is no log yet" "./warren up"
    if [[ -t 1 ]]; then exec tail -n 50 -F "${files[@]}"; else exec tail -n 500 "${files[@]}"; fi
}

known_process() {
    local name
    for name in "${processes[@]}"; do
        [[ $name != "$1" ]] || return 0
    done
    fail "there is no process '$1'" "one of: ${processes[*]}"
}

# --- one process ----------------------------------------------------------------------------------------------------------

command_stop() {
    known_process "${1:-}"
    open_instance
    stop_process "$1"
}

command_start() {
    known_process "${1:-}"
    open_instance
    start_process "$1"
}

command_restart() {
    known_process "${1:-}"
    open_instance
    stop_process "$1"
    start_process "$1"
}

stop_process() {
    case $1 in
    postgresql) stop_postgresql ;;
    rabbitmq) stop_rabbitmq ;;
    *) stop "$1" ;;
    esac
}

start_process() {
    running "$1" && return
    case $1 in
    postgresql | rabbitmq) "start_$1" ;;
    *)
        make_build
        local began=$EPOCHREALTIME
        start_service "$1"
        wait_until_ready "$began" "$1"
        ;;
    esac
}

command_record() {
    find_java
    port_base=$(<"$state/ports")
    record_starts "$1"
}

# --- at work ----------------------------------------------------------------------------------------------------------------

simulator() {
    find_java
    # shellcheck disable=SC1091
    (. "$state/env" && WARREN_INSTANCE=$instance WARREN_SCRIPT=$home/warren exec "$JAVA_HOME/bin/java" \
        "@$home/deploy/java/common.options" "@$home/deploy/java/simulator.options" -jar "$build/simulator.jar" "$@")
}

command_demo() { simulate demo "$@"; }
command_boot() { simulate boot "$@"; }

simulate() {
    command_up
    exec 9>&- # it goes on for as long as one likes
    simulator "$@"
    say "Warren is still up; ./warren down stops it."
}

command_bench() {
    local status=0
    (($#)) || fail "bench what?" "./warren bench ingest, commands, registry or provisioning"
    # an installation of its own, because it is purged in the end
    [[ ! -e $home/.warren/instances/bench ]] ||
        fail "another benchmark runs, or was cut off" "WARREN_INSTANCE=bench ./warren down --purge, when it does not run"
    export WARREN_INSTANCE=bench
    select_instance
    command_up
    if running fast-starts; then
        step "let the machine come to rest"
        until_true 600 gone fast-starts || stop_recording
        step_done
    fi
    exec 9>&- # it stops and starts telemetry-service through this script
    simulator bench "$@" || status=$?
    command_down --purge
    return "$status"
}

command_images() {
    lock_instance
    make_images "$@"
    say "docker compose up -d starts them."
}

command_backing() {
    case ${1:-} in
    up)
        open_instance
        backing_up
        write_backing_env
        say "For tests: $state/backing.env"
        ;;
    down)
        open_instance
        backing_down
        ;;
    env) cat "$state/backing.env" ;;
    *) fail "backing what?" "./warren backing up|down|env" ;;
    esac
}

command_test() {
    mkdir -p "$home/.warren"
    exec 6>"$home/.warren/test.lock"
    flock --nonblock 6 || fail "the tests are running already" "wait for them to end"
    export WARREN_INSTANCE=test
    select_instance
    open_instance
    trap 'test_over $?' EXIT
    trap 'exit 130' INT TERM
    check_machine
    need mvn maven mosquitto_pub mosquitto-clients
    make_build
    backing_up
    write_backing_env
    prepare_fast_starts # while Maven works: the end-to-end tests kill and start services again and again
    exec 9>&-
    say "  … mvn verify"
    local status=0
    (cd "$home" && unset WARREN_INSTANCE && WARREN_BACKING_ENV=$state/backing.env mvn --batch-mode --no-transfer-progress "$@" verify) ||
        status=$?
    exit "$status"
}

# Whatever happened, nothing that the tests started stays.
test_over() {
    local status=$1 name
    trap - EXIT ERR
    exec 9>&-
    for name in "$home"/.warren/instances/e2e*/; do
        [[ ! -e $name ]] || WARREN_INSTANCE=$(basename "$name") "$home/warren" down --purge >/dev/null || true
    done
    WARREN_INSTANCE=test "$home/warren" down --purge >/dev/null || true
    exit "$status"
}

command_help() {
    cat <<'EOF'
Warren, an IoT platform of your own.

  ./warren demo              bring everything up and put a simulated fleet to work
  ./warren boot [--devices 1000] [--within 10s] [--credentials secret|certificate] [--group ID]
                             bring everything up and switch on devices fresh from the factory
                             (of a group that is there: with its key in WARREN_GROUP_KEY)
  ./warren test              run every test, on a machine that has a JDK 25, Maven and git

  ./warren up                build what changed, start what is not running, wait until all is ready
  ./warren down [--purge]    stop everything; --purge deletes the data as well
  ./warren status [--json]   each process: pid, port, state
  ./warren logs [PROCESS]    the end of its log (on a terminal, and what is added)
  ./warren restart PROCESS   gateway, registry-service, provisioning-service, firmware-service,
                             telemetry-service, rabbitmq or postgresql
  ./warren bench ingest      measure, in an instance of its own
  ./warren bench commands    the same, for commands to a connected fleet
  ./warren bench registry    the same, for a million devices
  ./warren bench provisioning
                             the same, for devices that get their identity
  ./warren images            make the container images for docker compose up

After `up`, `. .warren/env` gives a shell the addresses and keys.

  WARREN_INSTANCE=NAME       an installation of its own, beside the others
  WARREN_PORT_BASE=PORT      the first of its 20 ports, instead of a free block from 24000
  WARREN_BIND=ADDRESS        where HTTPS, MQTT over TLS and WebSocket listen (127.0.0.1)
  WARREN_HOSTNAME=NAME       the name devices know this machine by (localhost)
  WARREN_BACKING=docker      PostgreSQL and RabbitMQ in containers; native: never
EOF
}
