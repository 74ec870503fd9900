# shellcheck shell=bash
# PostgreSQL and RabbitMQ of an instance, started from the private root or, as containers.sh does it, in containers.

backing_up() {
    choose_backing
    make_secrets
    make_certificates
    running postgresql || start_postgresql
    running rabbitmq || start_rabbitmq
}

backing_down() {
    if in_containers; then
        remove_containers
        return
    fi
    ask_to_stop rabbitmq
    stop_postgresql
    stop_rabbitmq
}

stop_postgresql() {
    if in_containers; then
        stop_container postgresql
    else
        stop postgresql INT 60 # "fast": rolls back what is open, and ends
    fi
}

stop_rabbitmq() {
    if in_containers; then
        stop_container rabbitmq
        return
    fi
    stop rabbitmq TERM 60
    stop epmd TERM 5
}

# --- PostgreSQL ------------------------------------------------------------------------------------------------------------

start_postgresql() {
    in_containers || make_root
    step PostgreSQL
    refuse_strangers postgresql
    if in_containers; then
        start_container postgresql
        compose run --rm database </dev/null >>"$state/log/postgresql.log" 2>&1 ||
            step_failed "deploy/postgres/init.sql failed: $(last_words postgresql 'ERROR|FATAL')" \
                "see $state/log/postgresql.log"
        step_done
        return
    fi
    local etc=$state/postgresql/etc data=$state/postgresql/data
    mkdir -p "$etc/secrets" "$data" "$state/postgresql/log"
    cp "$home"/deploy/postgres/{postgresql.conf,init.sql} "$etc/"
    cp "$state"/secrets/postgresql/* "$etc/secrets/"
    printf '127.0.0.1:%s:*:admin:%s\n' "$(port postgresql)" "$(<"$state/secrets/postgresql/admin")" >"$etc/pgpass"
    own postgresql "$state/postgresql"

    if [[ ! -s $data/cluster/PG_VERSION ]]; then
        rm -rf "$data/cluster.new"
        in_root postgresql initdb --pgdata=/var/lib/warren/cluster.new --username=admin \
            --pwfile=/etc/warren/secrets/admin --auth=scram-sha-256 --encoding=UTF8 \
            --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C.UTF-8 --no-instructions
        "${inside[@]}" >"$state/log/postgresql.log" 2>&1 ||
            step_failed "PostgreSQL could not make its data directory: $(tail -n 1 "$state/log/postgresql.log")" \
                "see $state/log/postgresql.log"
        mv "$data/cluster.new" "$data/cluster"
    fi
    forget_killed_postgresql "$data/cluster/postmaster.pid"
    in_root postgresql postgres -D /var/lib/warren/cluster -p "$(port postgresql)" \
        -c config_file=/etc/warren/postgresql.conf \
        -c hba_file=/var/lib/warren/cluster/pg_hba.conf -c ident_file=/var/lib/warren/cluster/pg_ident.conf \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories=
    launch postgresql "${inside[@]}"
    # Recovery after a crash takes its time.
    until_true 120 postgresql_settled || true
    { running postgresql && postgresql_answers; } ||
        step_failed "PostgreSQL did not start: $(last_words postgresql 'FATAL|PANIC|ERROR')" \
            "see $state/log/postgresql.log"
    if [[ ! -e $state/postgresql/initialised ]]; then
        psql_as_admin -d postgres -f /etc/warren/init.sql >>"$state/log/postgresql.log" 2>&1 ||
            step_failed "deploy/postgres/init.sql failed: $(last_words postgresql 'ERROR|FATAL')" \
                "see $state/log/postgresql.log"
        touch "$state/postgresql/initialised"
    fi
    step_done
}

# After a kill -9 PostgreSQL leaves a file with its number, and refuses to start when a stranger (or a zombie) has that
# number. We hold the instance's lock and know that ours is dead; what matters is that its children are gone too: they
# are when nobody is attached to its shared memory any more.
forget_killed_postgresql() {
    [[ -e $1 ]] || return 0
    shared_memory=$(awk 'NR == 7 { print $2 }' "$1")
    until_true 20 shared_memory_unused ||
        step_failed "a killed PostgreSQL left processes that do not end" "look at: ps -fC postgres"
    rm "$1"
}
shared_memory_unused() { awk -v id="$shared_memory" '$2 == id && $7 > 0 { exit 1 }' /proc/sysvipc/shm; }

postgresql_settled() { ! running postgresql || postgresql_answers; }

postgresql_answers() {
    in_root postgresql pg_isready --quiet -h 127.0.0.1 -p "$(port postgresql)" -d postgres
    "${inside[@]}"
}

psql_as_admin() {
    in_root postgresql PGPASSFILE=/etc/warren/pgpass WARREN_POSTGRES_SECRETS=/etc/warren/secrets \
        psql -X -h 127.0.0.1 -p "$(port postgresql)" -U admin "$@"
    "${inside[@]}"
}

# --- RabbitMQ ----------------------------------------------------------------------------------------------------------------

start_rabbitmq() {
    in_containers || make_root
    step RabbitMQ
    local etc=$state/rabbitmq/etc data=$state/rabbitmq/data
    running epmd || refuse_strangers epmd
    refuse_strangers amqp management mqtt mqtts wss erlang-distribution prometheus
    # Provisioning writes here for the broker, which may be another user.
    mkdir -p "$(revocation_directory)"
    chmod 755 "$(revocation_directory)"
    if in_containers; then
        start_container rabbitmq
        step_done
        return
    fi
    mkdir -p "$etc/definitions" "$etc/tls" "$data" "$state/rabbitmq/log"
    cp "$home"/deploy/rabbitmq/{rabbitmq.conf,advanced.config,enabled_plugins} "$etc/"
    cp "$home/deploy/rabbitmq/definitions/topology.json" "$etc/definitions/"
    cp "$state"/tls/{ca.pem,server.pem,server.key} "$etc/tls/"
    render_broker_users >"$etc/definitions/users.json"
    keep_secret "$data/.erlang.cookie"
    chmod 400 "$data/.erlang.cookie"
    own rabbitmq "$state/rabbitmq"

    local -a erlang=(ERL_EPMD_PORT="$(port epmd)" ERL_EPMD_ADDRESS=127.0.0.1)
    # Ours and on loopback: one that the node started by itself would outlive it.
    if ! running epmd; then
        in_root rabbitmq "${erlang[@]}" epmd
        launch epmd "${inside[@]}"
        until_true 10 port_in_use "$(port epmd)" || step_failed "epmd did not start" "see $state/log/epmd.log"
    fi
    # RUNNING_UNDER_SYSTEMD: RabbitMQ's script then becomes the Erlang machine instead of waiting for it.
    in_root rabbitmq "${erlang[@]}" \
        RUNNING_UNDER_SYSTEMD=true \
        RABBITMQ_NODENAME=warren@localhost \
        RABBITMQ_DIST_PORT="$(port erlang-distribution)" \
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}' \
        RABBITMQ_CONFIG_FILE=/etc/warren/rabbitmq.conf \
        RABBITMQ_ADVANCED_CONFIG_FILE=/etc/warren/advanced.config \
        RABBITMQ_ENABLED_PLUGINS_FILE=/etc/warren/enabled_plugins \
        RABBITMQ_MNESIA_BASE=/var/lib/warren/node \
        RABBITMQ_LOG_BASE=/var/log/warren \
        WARREN_AMQP_LISTEN="127.0.0.1:$(port amqp)" \
        WARREN_MQTT_LISTEN="127.0.0.1:$(port mqtt)" \
        WARREN_MQTTS_LISTEN="$bind_address:$(port mqtts)" \
        WARREN_WSS_LISTEN="$bind_address:$(port wss)" \
        WARREN_MANAGEMENT_ADDRESS=127.0.0.1 WARREN_MANAGEMENT_PORT="$(port management)" \
        WARREN_PROMETHEUS_ADDRESS=127.0.0.1 WARREN_PROMETHEUS_PORT="$(port prometheus)" \
        WARREN_REGISTRY_URL="http://127.0.0.1:$(port registry)" \
        /usr/lib/rabbitmq/bin/rabbitmq-server
    launch rabbitmq "${inside[@]}"
    until_true 120 rabbitmq_settled || true
    { running rabbitmq && rabbitmq_answers; } ||
        step_failed "RabbitMQ did not start: $(last_words rabbitmq 'error|Error|failed')" "see $state/log/rabbitmq.log and $state/rabbitmq/log"
    step_done
}

rabbitmq_settled() { ! running rabbitmq || rabbitmq_answers; }

rabbitmq_answers() {
    # What curl reads from its standard input appears in no list of processes.
    printf 'user = "admin:%s"\n' "$(<"$state/secrets/rabbitmq/admin")" |
        curl --config - --silent --fail --max-time 5 --output /dev/null --globoff \
            "http://127.0.0.1:$(port management)/api/health/checks/protocol-listener/mqtt"
}

# The users of this installation, with RabbitMQ's salted SHA-256 of each password and the least each can do its work
# with. No service may create anything but queues named by the server, for itself.
render_broker_users() {
    local user own='amq\\.gen-.*' down='^v1\\.[^.]+\\.[^.]+\\.down\\.' up='^v1\\.[^.]+\\.[^.]+\\.up\\.' separator=''
    printf '{"users":['
    for user in "${broker_users[@]}"; do
        printf '%s\n {"name":"%s","password_hash":"%s","hashing_algorithm":"rabbit_password_hashing_sha256","tags":[%s]}' \
            "$separator" "$user" "$(broker_password_hash "$state/secrets/rabbitmq/$user")" "$(broker_tags "$user")"
        separator=,
    done
    printf '],\n"permissions":['
    broker_permission admin '.*' '.*' '.*'
    printf ','
    broker_permission registry "^$own\$" \
        "^($own|registry\\\\.events|provisioning\\\\.requests|amq\\\\.topic|amq\\\\.default)\$" \
        "^($own|registry\\\\.(activity|certificates|events|commands|presence|renewals|requests|state|timeline|usage|wakeups)|amq\\\\.rabbitmq\\\\.event)\$"
    printf ','
    broker_permission provisioning "^$own\$" \
        "^($own|provisioning\\\\.events|registry\\\\.requests|amq\\\\.topic|amq\\\\.default)\$" \
        "^($own|provisioning\\\\.(bootstrap|credentials|devices|requests|signins|tenants))\$"
    printf ','
    broker_permission firmware "^$own\$" \
        "^($own|firmware\\\\.events|amq\\\\.topic)\$" "^($own|firmware\\\\.(device|directory))\$"
    printf ','
    broker_permission telemetry "^$own\$" \
        "^($own|telemetry\\\\.events|amq\\\\.topic)\$" "^($own|telemetry\\\\.(shard\\\\.[0-9]+|deviceevents|directory|logs|tenants))\$"
    printf '],\n"topic_permissions":['
    # a device names any topic below its own as the one to be answered on
    broker_topic_permission registry "$down"
    printf ','
    broker_topic_permission provisioning "${down}bootstrap\\\\."
    printf ','
    broker_topic_permission firmware "${down}(firmware\\\\.|errors\$)"
    printf ','
    # what devices send over HTTPS goes in by telemetry's hand
    broker_topic_permission telemetry \
        "${down}errors\$|${up}(via\\\\.[^.]+\\\\.)?(telemetry(\\\\.[^.]+)?|events\\\\.[^.]+|logs)\$"
    printf ']}\n'
}

# The registry closes the connections of a revoked device; RabbitMQ lets only an administrator do that by user name.
broker_tags() {
    case $1 in
    admin | registry) printf '"administrator"' ;;
    esac
}

broker_permission() {
    printf '\n {"user":"%s","vhost":"/","configure":"%s","write":"%s","read":"%s"}' "$@"
}

broker_topic_permission() {
    printf '\n {"user":"%s","vhost":"/","exchange":"amq.topic","write":"%s","read":"^$"}' "$@"
}

# base64(salt ++ sha256(salt ++ password)), the salt of four bytes.
broker_password_hash() {
    local salt=$state/run/salt
    openssl rand 4 >"$salt"
    { cat "$salt" && cat "$salt" "$1" | openssl dgst -sha256 -binary; } | base64 -w 0
    rm "$salt"
}

# --- for tests ----------------------------------------------------------------------------------------------------------

write_backing_env() {
    cat >"$state/backing.env.new" <<EOF
WARREN_TEST_POSTGRES_HOST=127.0.0.1
WARREN_TEST_POSTGRES_PORT=$(port postgresql)
WARREN_TEST_POSTGRES_USER=admin
WARREN_TEST_POSTGRES_PASSWORD=$(<"$state/secrets/postgresql/admin")
WARREN_TEST_RABBITMQ_HOST=127.0.0.1
WARREN_TEST_RABBITMQ_PORT=$(port amqp)
WARREN_TEST_RABBITMQ_USER=admin
WARREN_TEST_RABBITMQ_PASSWORD=$(<"$state/secrets/rabbitmq/admin")
WARREN_TEST_RABBITMQ_MANAGEMENT_URL=http://127.0.0.1:$(port management)
WARREN_TEST_MQTT_PORT=$(port mqtt)
WARREN_TEST_MQTTS_PORT=$(port mqtts)
WARREN_TEST_CA_FILE=$state/tls/ca.pem
WARREN_TEST_REGISTRY_PORT=$(port registry)
WARREN_TEST_TOPOLOGY=$home/deploy/rabbitmq/definitions/topology.json
EOF
    mv "$state/backing.env.new" "$state/backing.env"
}
