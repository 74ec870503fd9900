package io.warren.registry.configuration;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.TenantId;
import io.warren.platform.security.Caller;
import io.warren.platform.web.EntityTags;
import io.warren.platform.web.MergePatch;
import io.warren.platform.web.Page;
import jakarta.validation.Valid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Configurations over REST. */
@RestController
@RequestMapping("/api/v1/configurations")
class ConfigurationController {

    private final ConfigurationAdministration administration;
    private final Configurations configurations;
    private final ConfigurationMetrics metrics;
    private final MergePatch patches;

    ConfigurationController(
            ConfigurationAdministration administration,
            Configurations configurations,
            ConfigurationMetrics metrics,
            MergePatch patches) {
        this.administration = administration;
        this.configurations = configurations;
        this.metrics = metrics;
        this.patches = patches;
    }

    @PutMapping("/{configuration}")
    ResponseEntity<ConfigurationView> put(
            Caller caller,
            @PathVariable String configuration,
            @RequestBody @Valid ConfigurationDescription description,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        ConfigurationAdministration.Outcome outcome =
                administration.put(caller.requireTenant(), configuration, description, ifMatch);
        return answer(outcome.created() ? HttpStatus.CREATED : HttpStatus.OK, outcome.configuration());
    }

    @GetMapping("/{configuration}")
    ResponseEntity<ConfigurationView> get(Caller caller, @PathVariable String configuration) {
        return answer(HttpStatus.OK, configurations.get(caller.requireTenant(), configuration));
    }

    @PatchMapping(
            path = "/{configuration}",
            consumes = {MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<ConfigurationView> patch(
            Caller caller,
            @PathVariable String configuration,
            @RequestBody JsonNode patch,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(
                HttpStatus.OK,
                administration.change(
                        caller.requireTenant(),
                        configuration,
                        description -> patches.apply(patch, description, ConfigurationDescription.class),
                        ifMatch));
    }

    @DeleteMapping("/{configuration}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            Caller caller,
            @PathVariable String configuration,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        administration.delete(caller.requireTenant(), configuration, ifMatch);
    }

    @GetMapping
    Page<ConfigurationView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        TenantId tenant = caller.requireTenant();
        Page<Configuration> page =
                Page.byId(limit, cursor, (after, size) -> configurations.after(tenant, after, size), Configuration::id);
        Map<String, ConfigurationMetrics.Counts> counts = metrics.of(tenant, page.items());
        return page.map(configuration -> ConfigurationView.of(
                configuration, counts.getOrDefault(configuration.id(), ConfigurationMetrics.NONE), List.of()));
    }

    private ResponseEntity<ConfigurationView> answer(HttpStatus status, Configuration configuration) {
        return ResponseEntity.status(status)
                .eTag(EntityTags.of(configuration.version()))
                .body(ConfigurationView.of(configuration, metrics.of(configuration), warnings(configuration)));
    }

    private List<Warning> warnings(Configuration configuration) {
        return configurations.enabled(configuration.tenant()).stream()
                .filter(other -> configuration.enabled()
                        && other.priority() == configuration.priority()
                        && !other.id().equals(configuration.id()))
                .map(other -> Warning.of(configuration, other))
                .filter(warning -> !warning.pointers().isEmpty())
                .toList();
    }

    /**
     * Another configuration of the same priority says otherwise.
     *
     * @param configuration the other one's id
     * @param pointers what they do not agree on
     * @param detail what comes of it where both apply, for people
     */
    record Warning(String configuration, List<String> pointers, String detail) {

        static Warning of(Configuration one, Configuration other) {
            String first = one.id().compareTo(other.id()) < 0 ? one.id() : other.id();
            return new Warning(
                    other.id(),
                    Contradictions.between(one.desired(), other.desired()),
                    "Both have the priority " + one.priority() + ": where both apply, " + first
                            + " counts, because its id comes first.");
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ConfigurationView(
            String id,
            @Nullable String name,
            String target,
            int priority,
            JsonNode desired,
            boolean enabled,
            ConfigurationMetrics.Counts metrics,
            List<Warning> warnings,
            Instant createdAt,
            long version) {

        static ConfigurationView of(
                Configuration configuration, ConfigurationMetrics.Counts metrics, List<Warning> warnings) {
            return new ConfigurationView(
                    configuration.id(),
                    configuration.name(),
                    configuration.target(),
                    configuration.priority(),
                    configuration.desired(),
                    configuration.enabled(),
                    metrics,
                    warnings,
                    configuration.createdAt(),
                    configuration.version());
        }
    }
}
