package io.warren.registry.timeline;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.firmware.DeploymentEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** What devices run, as far as deployments tell. */
@Repository
class InstalledFirmware {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final ApplicationEventPublisher events;

    InstalledFirmware(JdbcClient jdbc, JsonMapper json, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.json = json;
        this.events = events;
    }

    /** Takes in how a deployment ended; what ended later is not undone by what is heard of later. */
    void note(DeploymentEvent ended) {
        if (!ended.status().equals("succeeded")) {
            return;
        }
        Firmware firmware =
                new Firmware(ended.release(), ended.name(), ended.semanticVersion(), ended.deployment(), ended.at());
        int noted = jdbc.sql("""
                        UPDATE device SET firmware = :firmware::jsonb
                        WHERE tenant = :tenant AND id = :device
                          AND coalesce((firmware ->> 'at')::timestamptz < :at::timestamptz, true)""")
                .param("firmware", json.writeValueAsString(firmware))
                .param("tenant", ended.tenant())
                .param("device", ended.device())
                .param("at", ended.at().toString())
                .update();
        if (noted > 0) {
            events.publishEvent(new FirmwareInstalled(DeviceAddress.of(ended.tenant(), ended.device())));
        }
    }

    /**
     * What a device runs.
     *
     * @param release the release's id in its tenant
     * @param name what it is called
     * @param version which version of it
     * @param deployment the deployment that brought it
     * @param at when that ended
     */
    private record Firmware(
            String release, @Nullable String name, @Nullable String version, String deployment, Instant at) {}
}
