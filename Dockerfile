# One file for all five services:
#
#   docker build --build-arg SERVICE=gateway --tag warren/gateway .
#
# build → jars → unpacked → assembled → trained → the image. Nothing that runs in the image needs a shell.

ARG BUILD_IMAGE=maven:3-eclipse-temurin-25
ARG RUNTIME_IMAGE=eclipse-temurin:25-jre
# Where the runtime image keeps its JVM.
ARG JAVA_HOME=/opt/java/openjdk
ARG POSTGRES_IMAGE=postgres:18

# The same for all five, so it runs once.
FROM ${BUILD_IMAGE} AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    services="gateway registry-service provisioning-service firmware-service telemetry-service" && \
    mvn --batch-mode --no-transfer-progress -Dmaven.test.skip=true -Dspotless.check.skip=true \
        --also-make --projects "$(echo $services | tr ' ' ,)" package && \
    mkdir /jars && for service in $services; do cp "$service/target/$service"-*.jar "/jars/$service.jar"; done

# A stage of its own, so that jars built elsewhere can stand in for it: --build-context jars=DIRECTORY
FROM scratch AS jars
COPY --from=build /jars/ /

FROM ${RUNTIME_IMAGE} AS unpacked
ARG SERVICE
WORKDIR /unpacked
COPY --from=jars /${SERVICE}.jar service.jar
RUN ["java", "-Djarmode=tools", "-jar", "service.jar", "extract", "--layers", "--destination", "layers"]
WORKDIR /unpacked/data

# What rarely changes comes first.
FROM ${RUNTIME_IMAGE} AS assembled
ARG SERVICE
WORKDIR /opt/warren
COPY --from=unpacked /unpacked/layers/dependencies/ ./
COPY --from=unpacked /unpacked/layers/snapshot-dependencies/ ./
COPY deploy/java/common.options deploy/java/probe.options ./
COPY deploy/java/${SERVICE}.options service.options
COPY --from=unpacked /unpacked/layers/application/ ./

# One start in the company of a database, so that the JVM need not read and link the same classes again at each start.
# The cache is good for this very JVM, these jars at these paths and these options.
FROM ${POSTGRES_IMAGE} AS trained
ARG JAVA_HOME
COPY --from=assembled ${JAVA_HOME} ${JAVA_HOME}
COPY --from=assembled --chown=postgres:postgres /opt/warren /opt/warren
COPY deploy/java/train deploy/postgres/init.sql /opt/warren/
ENV PATH=${JAVA_HOME}/bin:$PATH
USER postgres
RUN ["/opt/warren/train"]

FROM assembled
ARG SERVICE
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="warren/${SERVICE}" \
      org.opencontainers.image.description="${SERVICE} of Warren, a self-hosted IoT platform" \
      org.opencontainers.image.vendor="Warren" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=trained /opt/warren/service.aot ./
# The one place a service may keep files in: mount a volume here. /tmp wants a tmpfs where the root is read-only.
COPY --from=unpacked --chown=10001:10001 /unpacked/data /var/lib/warren
ENV WARREN_DATA_DIR=/var/lib/warren SERVER_ADDRESS=0.0.0.0 MALLOC_ARENA_MAX=2
USER 10001:10001
ENTRYPOINT ["java", "@/opt/warren/common.options", "@/opt/warren/service.options", \
            "-XX:AOTCache=/opt/warren/service.aot", "-jar", "/opt/warren/service.jar"]
