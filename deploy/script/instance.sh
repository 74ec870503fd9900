# shellcheck shell=bash
# One instance: its directory, its ports, its secrets and its certificates.

# What each port of the block is for, in order.
port_names=(gateway-http gateway-https registry provisioning firmware telemetry
    postgresql amqp management mqtt mqtts wss epmd erlang-distribution prometheus)
ports_per_instance=20

select_instance() {
    instance=${WARREN_INSTANCE:-default}
    [[ $instance =~ ^[a-z0-9][a-z0-9-]{0,31}$ ]] ||
        fail "WARREN_INSTANCE '$instance' is not a name" "use up to 32 of a-z, 0-9 and -"
    if [[ $instance == default ]]; then
        state=$home/.warren
    else
        state=$home/.warren/instances/$instance
    fi
    cache=${XDG_CACHE_HOME:-$HOME/.cache}/warren
    bind_address=${WARREN_BIND:-127.0.0.1}
    public_host=${WARREN_HOSTNAME:-localhost}
    umask 077
}

# Everything that changes an instance happens under its lock, so that two `up` at once do not meet half-way.
lock_instance() {
    mkdir -p "$state/log" "$state/run" "$cache"
    exec 9>"$state/lock"
    flock --nonblock 9 || {
        say "Another ./warren is at work on the instance '$instance'; waiting for it."
        flock 9
    }
}

open_instance() {
    lock_instance
    need openssl openssl curl curl jq jq ss iproute2
    claim_ports
    port_base=$(<"$state/ports")
}

port_in_use() { [[ -n $(ss -Htln "sport = :$1") ]]; }

# Choose a block of ports once and keep it. Blocks are claimed in the cache directory, because an instance that is
# stopped, or only just starting, does not listen yet.
claim_ports() {
    if [[ -n ${WARREN_PORT_BASE:-} ]]; then
        { [[ $WARREN_PORT_BASE =~ ^[0-9]{4,5}$ ]] && ((WARREN_PORT_BASE >= 1024 && WARREN_PORT_BASE <= 65515)); } ||
            fail "WARREN_PORT_BASE '$WARREN_PORT_BASE' is not a port" "use a number from 1024 to 65515"
        if [[ -s $state/ports && $(<"$state/ports") != "$WARREN_PORT_BASE" ]] && any_running; then
            fail "the instance '$instance' runs on ports from $(<"$state/ports")" "./warren down, then change WARREN_PORT_BASE"
        fi
        printf '%s\n' "$WARREN_PORT_BASE" >"$state/ports"
    elif [[ ! -s $state/ports ]]; then
        mkdir -p "$cache/ports"
        exec 8>"$cache/ports/lock"
        flock 8
        local base
        for ((base = 24000; base < 32000; base += ports_per_instance)); do
            block_free "$base" && break
        done
        ((base < 32000)) || fail "no free block of $ports_per_instance ports from 24000 to 32000" "set WARREN_PORT_BASE"
        printf '%s\n' "$state" >"$cache/ports/$base"
        printf '%s\n' "$base" >"$state/ports"
        exec 8>&-
    fi
}

block_free() {
    local claim=$cache/ports/$1 owner port
    if [[ -s $claim ]]; then
        owner=$(<"$claim")
        [[ $owner == "$state" || $(cat "$owner/ports" 2>/dev/null) != "$1" ]] || return 1
    fi
    for ((port = $1; port < $1 + ${#port_names[@]}; port++)); do
        ! port_in_use "$port" || return 1
    done
}

# port NAME: the number of a port of this instance.
port() {
    local i
    for i in "${!port_names[@]}"; do
        [[ ${port_names[i]} != "$1" ]] || {
            printf '%s' $((port_base + i))
            return
        }
    done
    fail "no port is called $1"
}

# refuse_strangers NAME...: before a process starts, its ports must be free.
refuse_strangers() {
    local name number holder
    for name in "$@"; do
        number=$(port "$name")
        port_in_use "$number" || continue
        holder=$(ss -Htlnp "sport = :$number" | sed -nE '1s/.*users:\(\("([^"]+)",pid=([0-9]+).*/\1, process \2/p')
        fail "port $number, wanted for $name, is taken by ${holder:-another program}" \
            "stop it, or choose other ports: WARREN_PORT_BASE=25000 ./warren up"
    done
}

# --- secrets and certificates --------------------------------------------------------------------------------------------

database_users=(gateway registry provisioning firmware telemetry)
broker_users=(registry provisioning firmware telemetry admin)

make_secrets() {
    local user
    keep_secret "$state/secrets/postgresql/admin"
    for user in "${database_users[@]}"; do
        keep_secret "$state/secrets/postgresql/$user"
        share_secret "postgresql/$user" "$user/spring.datasource.password"
    done
    for user in "${broker_users[@]}"; do
        keep_secret "$state/secrets/rabbitmq/$user"
        [[ $user == admin ]] || share_secret "rabbitmq/$user" "$user/spring.rabbitmq.password"
    done
    keep_secret "$state/secrets/gateway/warren.access.bootstrap-key" base64
    keep_secret "$state/secrets/provisioning/warren.provisioning.derivation-key" base64
    keep_secret "$state/secrets/provisioning/warren.provisioning.enrollment-sealing-key" base64
    keep_secret "$state/secrets/registry/warren.credential.token-sealing-key" base64
    keep_secret "$state/secrets/registry/warren.wake-up-channel.sealing-key" base64
    keep_secret "$state/secrets/registry/warren.diagnostics.url-signing-key" base64
    keep_secret "$state/secrets/provisioning/warren.issuing.passphrases"
    share_secret registry/warren.credential.token-sealing-key provisioning/warren.provisioning.token-sealing-key
    keep_secret "$state/secrets/firmware/warren.firmware.url-signing-key" base64
}

# Where the broker finds which certificates are revoked.
revocation_directory() { printf '%s' "$state/rabbitmq/data/crl"; }

share_secret() {
    mkdir -p "$state/secrets/${2%/*}"
    cmp -s "$state/secrets/$1" "$state/secrets/$2" || cp "$state/secrets/$1" "$state/secrets/$2"
}

# A development authority and one server certificate. An installation of its own brings its own.
make_certificates() {
    local tls=$state/tls names
    names="DNS:localhost,IP:127.0.0.1,IP:::1,DNS:$HOSTNAME,DNS:rabbitmq,DNS:gateway"
    names+="${WARREN_HOSTNAME:+,DNS:$WARREN_HOSTNAME}"
    mkdir -p "$tls"
    if [[ ! -s $tls/ca.pem ]]; then
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -days 3650 \
            -subj "/O=Warren/CN=Warren development authority ($instance)" \
            -addext 'basicConstraints=critical,CA:TRUE' -addext 'keyUsage=critical,keyCertSign,cRLSign' \
            -keyout "$tls/ca.key" -out "$tls/ca.pem.new" 2>/dev/null
        mv "$tls/ca.pem.new" "$tls/ca.pem"
        rm -rf "$tls/server.pem" "$state/issuing"
    fi
    make_issuing_authority
    make_server_certificate "$names"
}

# good_for DAYS CERTIFICATE: whether it is there and good for so long.
good_for() { [[ -s $2 ]] && openssl x509 -in "$2" -noout -checkend $(($1 * 24 * 3600)) >/dev/null; }

# can_sign WHAT CERTIFICATE: whether the root's key is there to make WHAT anew. Where it is kept elsewhere, the person is
# told what it is wanted for; that is the end only when CERTIFICATE, the one there is, has ended.
can_sign() {
    local key=$state/tls/ca.key
    [[ ! -s $key ]] || return 0
    good_for 0 "$2" || fail "$1 has to be made, and the root's key is not there" "bring $key back, and start again"
    local end
    end=$(openssl x509 -in "$2" -noout -enddate)
    say "  ${red}!${plain} $1 is due; it ends on $(date -ud "${end#*=}" '+%F at %H:%M UTC')" \
        "${bold}→${plain} bring $key back, and start again"
    return 1
}

# What the gateway and the broker show: made again when a name is added, or a week before it ends.
make_server_certificate() {
    local tls=$state/tls names=$1 draft=$state/run/server
    if [[ $(cat "$tls/names" 2>/dev/null) == "$names" ]] && good_for 7 "$tls/server.pem"; then return; fi
    can_sign "the server's certificate (for $names)" "$tls/server.pem" || return 0
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -subj "/O=Warren/CN=localhost" \
        -keyout "$draft.key" -out "$draft.csr" 2>/dev/null
    openssl x509 -req -in "$draft.csr" -CA "$tls/ca.pem" -CAkey "$tls/ca.key" -sha256 -days 397 \
        -extfile <(printf '%s\n' "subjectAltName=$names" 'basicConstraints=critical,CA:FALSE' \
            'keyUsage=critical,digitalSignature' 'extendedKeyUsage=serverAuth') \
        -out "$draft.pem" 2>/dev/null
    mv "$draft.key" "$tls/server.key"
    mv "$draft.pem" "$tls/server.pem"
    rm "$draft.csr"
    printf '%s' "$names" >"$tls/names"
}

# The authority that signs devices' certificates, below the root, whose own key no service is given. A new pair takes its
# place beside the old one half a year before that ends; provisioning finds it by itself.
make_issuing_authority() {
    local tls=$state/tls issuing=$state/issuing draft=$state/run/issuing name certificate newest=''
    local passphrase=file:$state/secrets/provisioning/warren.issuing.passphrases
    mkdir -p "$issuing"
    for certificate in "$issuing"/*.pem; do
        ! good_for 180 "$certificate" || return 0
        ! good_for 0 "$certificate" || newest=$certificate
    done
    can_sign "the authority of devices' certificates" "$newest" || return 0
    name=issuing-$(date -u +%Y%m%d%H%M%S)
    # Encrypted as PKCS#8 under the first of the passphrases.
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes-256-cbc \
        -pass "$passphrase" -out "$draft.key" 2>/dev/null
    openssl req -new -key "$draft.key" -passin "$passphrase" \
        -sha256 -subj "/O=Warren/CN=Warren device authority $name" -out "$draft.csr" 2>/dev/null
    openssl x509 -req -in "$draft.csr" -CA "$tls/ca.pem" -CAkey "$tls/ca.key" -sha256 -days 730 \
        -extfile <(printf '%s\n' 'basicConstraints=critical,CA:TRUE,pathlen:0' \
            'keyUsage=critical,keyCertSign,cRLSign,digitalSignature' \
            'subjectKeyIdentifier=hash' 'authorityKeyIdentifier=keyid') \
        -out "$draft.pem" 2>/dev/null
    mv "$draft.key" "$issuing/$name.key"
    mv "$draft.pem" "$issuing/$name.pem"
    rm "$draft.csr"
}
