# shellcheck shell=bash
# PostgreSQL and RabbitMQ of an instance in containers: those of docker-compose.yml, on the machine's own network, so that
# they have the ports, secrets and addresses that they would have from the private root.

# in_containers: whether this instance has them there.
in_containers() { [[ $(cat "$state/backing" 2>/dev/null) == docker ]]; }

# Decide once where an instance has them, because its data is there.
choose_backing() {
    local known='' choice=${WARREN_BACKING:-}
    known=$(cat "$state/backing" 2>/dev/null) || true
    case $choice in
    docker)
        engine_answers || fail "no container engine answers, or it has no 'docker compose'" \
            "see docker info and docker compose version; or leave WARREN_BACKING unset"
        ;;
    native) ;;
    '')
        choice=$known
        [[ -n $choice ]] || choice=$(if [[ ! -d $state/postgresql ]] && engine_has_images; then echo docker; else echo native; fi)
        ;;
    *) fail "WARREN_BACKING '$choice' is unknown" "use docker or native, or leave it unset" ;;
    esac
    if [[ -n $known && $known != "$choice" ]]; then
        fail "the instance '$instance' has its data with WARREN_BACKING=$known" "./warren down --purge deletes it, then choose anew"
    fi
    printf '%s\n' "$choice" >"$state/backing"
}

engine_answers() {
    command -v docker >/dev/null && timeout 10 docker info >/dev/null 2>&1 && docker compose version >/dev/null 2>&1
}

# Whether the images are there or can be fetched.
engine_has_images() {
    engine_answers || return 1
    step "fetch the images of PostgreSQL and RabbitMQ"
    if compose pull --quiet --policy missing postgresql rabbitmq </dev/null >"$state/log/pull.log" 2>&1; then
        step_done
    else
        step_done "no images: the private root instead"
        return 1
    fi >&2
}

compose() {
    local name
    [[ -n ${port_base:-} ]] || port_base=$(<"$state/ports")
    name=warren-$instance-$(cksum <<<"$state" | cut -d ' ' -f 1)
    WARREN_PROJECT=$name WARREN_STATE=$state WARREN_BIND=$bind_address \
        WARREN_POSTGRES_PORT=$(port postgresql) WARREN_AMQP_PORT=$(port amqp) \
        WARREN_MQTT_PORT=$(port mqtt) WARREN_MQTTS_PORT=$(port mqtts) WARREN_WSS_PORT=$(port wss) \
        WARREN_MANAGEMENT_PORT=$(port management) WARREN_PROMETHEUS_PORT=$(port prometheus) \
        WARREN_EPMD_PORT=$(port epmd) WARREN_ERLANG_DISTRIBUTION_PORT=$(port erlang-distribution) \
        WARREN_REGISTRY_PORT=$(port registry) \
        docker compose --project-directory "$home" \
        --file "$home/docker-compose.yml" --file "$home/deploy/compose/backing.yml" --progress quiet "$@"
}

# start_container postgresql|rabbitmq
start_container() {
    local name=$1 log=$state/log/$1.log pid
    compose up --detach --wait --wait-timeout 180 "$name" </dev/null >>"$log" 2>&1 || {
        compose logs --no-color --no-log-prefix --tail 200 "$name" >>"$log" 2>&1 || true
        step_failed "$name did not start: $(last_words "$name" 'FATAL|PANIC|rror|failed')" "see $log, or: docker compose logs"
    }
    # Its process is one of this machine's, so that `status` tells of it like of any other.
    pid=$(docker inspect --format '{{.State.Pid}}' "$(compose ps --quiet "$name")")
    printf '%s\n%s\n' "$pid" "$(started_at "$pid")" >"$state/run/$name.pid.new"
    mv "$state/run/$name.pid.new" "$state/run/$name.pid"
}

stop_container() {
    [[ ! -e $state/run/$1.pid ]] || compose stop "$1" </dev/null >>"$state/log/$1.log" 2>&1 || true
    rm -f "$state/run/$1.pid"
}

# The data stays in their volumes.
remove_containers() {
    compose down </dev/null >"$state/log/containers.log" 2>&1 ||
        fail "docker compose could not remove the containers: $(tail -n 1 "$state/log/containers.log")" "see $state/log/containers.log"
    rm -f "$state"/run/{postgresql,rabbitmq}.pid
}
