package io.warren.registry;

import io.warren.contracts.registry.CommandEvent;
import io.warren.contracts.registry.ConfigurationFightEvent;
import io.warren.contracts.registry.CredentialEvent;
import io.warren.contracts.registry.DeviceTypeEvent;
import io.warren.contracts.registry.DiagnosticsEvent;
import io.warren.contracts.registry.FlappingEvent;
import io.warren.contracts.registry.GroupEvent;
import io.warren.contracts.registry.GroupMembershipEvent;
import io.warren.contracts.registry.LockoutEvent;
import io.warren.contracts.registry.PresenceEvent;
import io.warren.contracts.registry.SilenceEvent;
import io.warren.contracts.registry.StateEvent;
import io.warren.contracts.registry.TenantEvent;
import io.warren.contracts.registry.TenantLimits;
import io.warren.contracts.registry.WakeUpEvent;
import io.warren.testing.contract.ContractFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of the registry's events; those of devices are tried with the device itself. */
class EventFormsTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {TenantEvent.CREATED, TenantEvent.UPDATED, TenantEvent.DELETED})
    void tenantEventsKeepTheirForm(String type) {
        ContractFile.event(type)
                .matchesJsonOf(
                        new TenantEvent("acme", 2, "Acme Pumps", new TenantLimits(10_000L, 5_000L, 500L, 90), NOON));
    }

    @ParameterizedTest
    @ValueSource(strings = {CredentialEvent.ADDED, CredentialEvent.REVOKED})
    void credentialEventsKeepTheirForm(String type) {
        ContractFile.event(type)
                .matchesJsonOf(new CredentialEvent(
                        "acme", "pump-17", "7d1f2c3e-0a55-4c0e-9d0a-3f6f1f0f4b11", "secret", null, null, NOON));
    }

    @Test
    void presenceEventsKeepTheirForm() {
        ContractFile.event(PresenceEvent.CONNECTED)
                .matchesJsonOf(new PresenceEvent("acme", "pump-17", 41, NOON, "192.0.2.17", "MQTT 5.0", null, 40L));
        ContractFile.event(PresenceEvent.DISCONNECTED)
                .matchesJsonOf(
                        new PresenceEvent("acme", "pump-17", 41, NOON, "192.0.2.17", "MQTT 5.0", "revoked", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {DeviceTypeEvent.UPDATED, DeviceTypeEvent.DELETED})
    void deviceTypeEventsKeepTheirForm(String type) {
        Map<String, Object> schema = Map.of("type", "object");
        ContractFile.event(type)
                .matchesJsonOf(new DeviceTypeEvent(
                        "acme",
                        "pump",
                        4,
                        "Pump",
                        "json",
                        Map.of(
                                "env",
                                Map.of("schemas", List.of(new TreeMap<>(Map.of("version", 1, "schema", schema))))),
                        Map.of("run", new TreeMap<>(Map.of("description", "Runs", "args", schema))),
                        Map.of("interval", 60),
                        900L,
                        NOON));
    }

    @Test
    void groupEventsKeepTheirForm() {
        ContractFile.event(GroupEvent.CHANGED)
                .matchesJsonOf(new GroupEvent("acme", "lyon", 3, "Lyon", "device.tags.site == \"lyon\"", NOON));
        ContractFile.event(GroupEvent.DELETED).matchesJsonOf(new GroupEvent("acme", "pilot", 8, "Pilot", null, NOON));
        ContractFile.event(GroupMembershipEvent.TYPE)
                .matchesJsonOf(new GroupMembershipEvent(
                        "acme", "pilot", 7, List.of("pump-17", "pump-18"), List.of("valve-3"), NOON));
    }

    @Test
    void fightsBetweenConfigurationsKeepTheirForm() {
        ContractFile.event(ConfigurationFightEvent.FIGHTING)
                .matchesJsonOf(new ConfigurationFightEvent("acme", "pump-17", List.of("cool-down", "warm-up"), NOON));
    }

    @ParameterizedTest
    @ValueSource(strings = {StateEvent.DESIRED, StateEvent.REPORTED})
    void stateEventsKeepTheirForm(String type) {
        String by = type.equals(StateEvent.DESIRED) ? "configuration:fast-pumps" : "device";
        ContractFile.event(type).matchesJsonOf(new StateEvent("acme", "pump-17", 7, Map.of("interval", 30), NOON, by));
    }

    @ParameterizedTest
    @ValueSource(strings = {FlappingEvent.FLAPPING, FlappingEvent.STEADY})
    void eventsOfDevicesThatConnectAgainAndAgainKeepTheirForm(String type) {
        ContractFile.event(type)
                .matchesJsonOf(new FlappingEvent("acme", "pump-17", 41, NOON.minusSeconds(60), 11, NOON));
    }

    @ParameterizedTest
    @ValueSource(strings = {SilenceEvent.SILENT, SilenceEvent.HEARD})
    void eventsOfDevicesThatAreAwayForTooLongKeepTheirForm(String type) {
        ContractFile.event(type).matchesJsonOf(new SilenceEvent("acme", "pump-17", 41, NOON.minusSeconds(60), NOON));
    }

    @Test
    void diagnosticsEventsKeepTheirForm() {
        ContractFile.event(DiagnosticsEvent.RECEIVED)
                .matchesJsonOf(new DiagnosticsEvent(
                        "acme",
                        "pump-17",
                        "9d3c2f5e-1f0a-4c55-8a56-6a1f0b7c2d11",
                        "0f5c2f6e-61d5-4f0b-9a50-6a5d6c1e9d10",
                        48_213,
                        "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
                        "application/gzip",
                        NOON));
    }

    @Test
    void lockoutEventsKeepTheirForm() {
        ContractFile.event(LockoutEvent.TYPE)
                .matchesJsonOf(new LockoutEvent(
                        "acme", "pump-17", "192.0.2.17", 10, Instant.parse("2026-11-21T12:01:00Z"), NOON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CommandEvent.SUCCEEDED,
                CommandEvent.FAILED,
                CommandEvent.REJECTED,
                CommandEvent.EXPIRED,
                CommandEvent.CANCELLED
            })
    void commandEventsKeepTheirForm(String type) {
        ContractFile.event(type)
                .matchesJsonOf(new CommandEvent(
                        "acme",
                        "pump-17",
                        "0f5c2f6e-61d5-4f0b-9a50-6a5d6c1e9d10",
                        "reboot",
                        type.split("\\.", -1)[1],
                        "5b8f5f0e-7d5b-4a53-8a62-1a4f5d3f2c77",
                        NOON));
    }

    @Test
    void wakeUpEventsKeepTheirForm() {
        String wakeUp = "0b9e3a54-6d0c-4f0e-8a55-1d6c0f7c2e11";
        ContractFile.event(WakeUpEvent.SENT)
                .matchesJsonOf(new WakeUpEvent("acme", "pump-17", wakeUp, "sms", "command", 1, null, NOON));
        ContractFile.event(WakeUpEvent.FAILED)
                .matchesJsonOf(
                        new WakeUpEvent("acme", "pump-17", wakeUp, "sms", "command", 2, "no answer in time", NOON));
    }
}
