# shellcheck shell=bash
# From sources to something that starts fast: jars, unpacked, with an AOT cache each.

services=(gateway registry-service provisioning-service firmware-service telemetry-service)
java_release=25

# The JDK that JAVA_HOME names, or the first suitable one installed.
find_java() {
    local candidate
    for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
        if [[ -x $candidate/bin/javac ]] && grep -qs "^JAVA_VERSION=\"$java_release\b" "$candidate/release"; then
            export JAVA_HOME=$candidate
            return
        fi
    done
    fail "no JDK $java_release in JAVA_HOME or /usr/lib/jvm" \
        "install one (apt-get install openjdk-$java_release-jdk, or https://adoptium.net) and set JAVA_HOME to it"
}

# Of everything that goes into the jars; tests do not.
source_hash() {
    (
        cd "$home" || exit
        {
            printf '%s\n' "$JAVA_HOME"
            # An AOT cache depends on the options as well.
            find pom.xml .mvn deploy/java ./*/pom.xml ./*/src/main -type f ! -path './end-to-end/*' -print0 |
                sort -z | xargs -0 sha256sum
        } | sha256sum | cut -c 1-16
    )
}

# Set $build to the directory of what is to run: .warren/build/HASH. Complete or absent, like the private root.
make_build() {
    find_java
    exec 7>"$home/.warren/build.lock"
    flock 7
    build=$home/.warren/build/$(source_hash)
    if [[ ! -d $build ]]; then
        need mvn maven
        local log=$state/log/build.log draft=$home/.warren/build/draft module jar
        step "build (the first time, Maven fetches what it needs)"
        package_jars "${services[@]}" simulator
        rm -rf "$draft"
        mkdir -p "$draft"
        for module in "${services[@]}"; do
            # Unpacked, it starts faster, and a later build takes nothing away from under a running service.
            jar=$(runnable_jar "$module")
            "$JAVA_HOME/bin/java" -Djarmode=tools -jar "$jar" extract --destination "$draft/$module" >>"$log" 2>&1 ||
                step_failed "the jar in $module/target could not be unpacked" "see $log"
            mv "$draft/$module/${jar##*/}" "$draft/$module/$module.jar"
        done
        cp "$(runnable_jar simulator)" "$draft/simulator.jar"
        mv "$draft" "$build"
        forget_old_builds
        step_done build
    fi
    exec 7>&-
}

# package_jars MODULE...: have Maven make their jars, and those of the modules they need.
package_jars() {
    local log=$state/log/build.log
    if ! (cd "$home" && mvn --batch-mode --no-transfer-progress --quiet -Dstyle.color=never -Dmaven.test.skip=true --also-make \
        --threads 2 --projects "$(IFS=, && printf '%s' "$*")" package) </dev/null >"$log" 2>&1; then
        step_failed "the build failed: $(grep -m 1 '^\[ERROR\] .' "$log" | cut -c 9-300)" "see $log"
    fi
}

runnable_jar() {
    find "$home/$1/target" -maxdepth 1 -name "$1-*.jar" ! -name '*-sources.jar' ! -name '*-javadoc.jar' ! -name '*-tests.jar' 2>/dev/null |
        head -n 1
}

# What runs now may be the build before; older ones go.
forget_old_builds() {
    local old
    find "$home/.warren/build" -mindepth 1 -maxdepth 1 -type d -printf '%T@ %p\n' | sort -rn | tail -n +4 | cut -d ' ' -f 2- |
        while read -r old; do rm -rf "$old"; done
}

# The images of the five services, from jars that Maven makes here. (`docker compose build` makes them too, with Maven in
# a container, which must then reach a Maven repository.)
make_images() {
    local service jars=$home/.warren/jars
    find_java
    need mvn maven
    docker compose version >/dev/null 2>&1 ||
        fail "docker compose is missing" "install it: https://docs.docker.com/engine/install"
    exec 7>"$home/.warren/build.lock"
    flock 7
    step jars
    package_jars "${services[@]}"
    mkdir -p "$jars"
    for service in "${services[@]}"; do
        cp "$(runnable_jar "$service")" "$jars/$service.jar"
    done
    step_done
    exec 7>&-
    (cd "$home" && docker compose -f docker-compose.yml -f deploy/compose/prebuilt.yml build "$@")
}
