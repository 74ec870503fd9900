# shellcheck shell=bash
# The five services of an instance.

# The name that a service goes by where "-service" would be said twice: its ports, its secrets, its database.
short() { printf '%s' "${1%-service}"; }

# The plain port that a service answers on, on loopback.
http_port() {
    if [[ $1 == gateway ]]; then port gateway-http; else port "$(short "$1")"; fi
}

# Set $environment to what a service is told: see the brief of each variable in its application.yaml.
describe_environment() {
    local name=$1
    environment=(
        HOME="$HOME" PATH=/usr/bin:/bin LANG=C.UTF-8 MALLOC_ARENA_MAX=2
        SERVER_ADDRESS=127.0.0.1 SERVER_PORT="$(http_port "$name")"
        WARREN_SECRETS="$state/secrets/$(short "$name")"
        WARREN_DATA_DIR="$state/data/$name"
        WARREN_POSTGRES_URL="jdbc:postgresql://127.0.0.1:$(port postgresql)/warren"
        WARREN_RABBITMQ_HOST=127.0.0.1 WARREN_RABBITMQ_PORT="$(port amqp)"
        WARREN_RABBITMQ_MANAGEMENT_URL="http://127.0.0.1:$(port management)"
        WARREN_JWKS_URL="http://127.0.0.1:$(port gateway-http)/internal/jwks.json"
        WARREN_REGISTRY_URL="http://127.0.0.1:$(port registry)"
        WARREN_PROVISIONING_URL="http://127.0.0.1:$(port provisioning)"
        WARREN_FIRMWARE_URL="http://127.0.0.1:$(port firmware)"
        WARREN_TELEMETRY_URL="http://127.0.0.1:$(port telemetry)"
        WARREN_PUBLIC_URL="https://$public_host:$(port gateway-https)"
        WARREN_MQTT_PUBLIC_HOST="$public_host"
        WARREN_MQTTS_PUBLIC_PORT="$(port mqtts)" WARREN_WSS_PUBLIC_PORT="$(port wss)"
        WARREN_CA_FILE="$state/tls/ca.pem"
        WARREN_ISSUING_DIR="$state/issuing" WARREN_ISSUING_CRLDIRECTORY="$(revocation_directory)"
    )
    [[ $name != gateway ]] || environment+=(
        WARREN_HTTP_PORT="$(port gateway-http)"
        SERVER_ADDRESS="$bind_address" SERVER_PORT="$(port gateway-https)"
        WARREN_TLS_CERTIFICATE="$state/tls/server.pem" WARREN_TLS_KEY="$state/tls/server.key"
    )
}

# Set $program to the command line of a service, with FLAG... for the Java machine.
describe_program() {
    local name=$1 options=$home/deploy/java
    shift
    program=(env -i "${environment[@]}" "$JAVA_HOME/bin/java" "@$options/common.options" "@$options/$name.options" "$@"
        -jar "$build/$name/$name.jar")
}

start_service() {
    local name=$1 cache=$build/$1/$1.aot
    local -a environment program
    [[ -s $cache ]] || cache=''
    if [[ $name == gateway ]]; then
        refuse_strangers gateway-http gateway-https
    else
        refuse_strangers "$(short "$name")"
    fi
    mkdir -p "$state/data/$name"
    describe_environment "$name"
    describe_program "$name" ${cache:+"-XX:AOTCache=$cache"}
    launch "$name" "${program[@]}"
    printf '%s\n' "$build" >"$state/run/$name.build"
}

# Start what is not running, or runs an older build, and wait until all are ready.
services_up() {
    local name began
    local -a waiting=() missing=()
    for name in "${services[@]}"; do
        if running "$name" && [[ $(cat "$state/run/$name.build" 2>/dev/null) == "$build" ]]; then
            ready "$name" || waiting+=("$name")
        else
            missing+=("$name")
        fi
    done
    began=$EPOCHREALTIME
    for name in "${missing[@]}"; do
        stop "$name"
        start_service "$name"
    done
    wait_until_ready "$began" "${waiting[@]}" "${missing[@]}"
}

# An AOT cache halves the start of a service. It belongs to one build, and is recorded by a start that ends where serving
# would begin. That takes a while, so it happens behind a platform that is up already, when nobody else wants the
# processor; without it a service starts at its own pace.
prepare_fast_starts() {
    local name
    for name in "${services[@]}"; do
        if [[ ! -e $build/$name/$name.aot ]]; then
            running fast-starts || launch fast-starts nice -n 19 "$home/warren" record "$build"
            return
        fi
    done
}

# Half a recording is worth nothing, and the machine that writes it has a child of its own: end the whole group.
stop_recording() {
    local pid
    if pid=$(pid_of fast-starts); then kill -s KILL -- "-$pid" 2>/dev/null || true; fi
    stop fast-starts
}

record_starts() {
    local name
    build=$1
    exec 7>"$build/lock"
    flock --nonblock 7 || return 0 # another instance is at it
    for name in "${services[@]}"; do
        [[ -e $build/$name/$name.aot ]] || record_start "$name"
    done
}

record_start() {
    local name=$1 draft=$build/$1/draft.aot
    local -a environment program
    mkdir -p "$state/data/$name"
    describe_environment "$name"
    describe_program "$name" "-XX:AOTCacheOutput=$draft" -Dspring.context.exit=onRefresh
    rm -f "$draft"
    "${program[@]}" </dev/null >"$state/log/$name.recording.log" 2>&1 &
    wait $! || rm -f "$draft"
    [[ -s $draft ]] || : >"$draft" # not to be tried again
    mv "$draft" "$build/$name/$name.aot"
}

readiness_patience=240

wait_until_ready() {
    local began=$1 name deadline=$((SECONDS + readiness_patience))
    shift
    local -a waiting=("$@") still
    while ((${#waiting[@]})); do
        still=()
        for name in "${waiting[@]}"; do
            step_name=$name step_began=$began
            if ready "$name"; then
                step_done
            elif ! running "$name"; then
                step_failed "$name ended while starting: $(last_error "$name")" "see $state/log/$name.log"
            elif ((SECONDS >= deadline)); then
                step_failed "$name is not ready after $readiness_patience s: $(last_error "$name")" \
                    "see $state/log/$name.log, or try again: ./warren restart $name"
            else
                still+=("$name")
            fi
        done
        waiting=("${still[@]}")
        ((${#waiting[@]})) || break
        waiting_line "$began" "${waiting[*]}"
        sleep 0.2
    done
}

waiting_line() {
    [[ ! -t 1 ]] || printf '\r\e[K  %s… %s  %s s%s' "$dim" "$2" "$(since "$1")" "$plain"
}

ready() {
    curl --silent --fail --max-time 2 --output /dev/null "http://127.0.0.1:$(http_port "$1")/actuator/health/readiness"
}

# Why a service did not start.
last_error() { last_words "$1" 'Caused by: |OutOfMemoryError|ERROR'; }

services_down() {
    local name
    stop_recording
    for name in "${services[@]}"; do ask_to_stop "$name"; done
    for name in "${services[@]}"; do stop "$name"; done
}
