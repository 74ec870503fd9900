package io.warren.registry.wakechannel;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.TenantId;
import io.warren.platform.security.Caller;
import io.warren.platform.web.EntityTags;
import io.warren.platform.web.MergePatch;
import io.warren.platform.web.Page;
import io.warren.platform.webhook.Webhook;
import io.warren.registry.messagegateway.Smpp;
import jakarta.validation.Valid;
import java.time.Instant;
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

/** Wake-up channels over REST. Secrets come in and never out. */
@RestController
@RequestMapping("/api/v1/wake-up-channels")
class WakeUpChannelController {

    private final WakeUpChannelAdministration administration;
    private final WakeUpChannels channels;
    private final MergePatch patches;

    WakeUpChannelController(WakeUpChannelAdministration administration, WakeUpChannels channels, MergePatch patches) {
        this.administration = administration;
        this.channels = channels;
        this.patches = patches;
    }

    @PutMapping("/{channel}")
    ResponseEntity<WakeUpChannelView> put(
            Caller caller,
            @PathVariable String channel,
            @RequestBody @Valid WakeUpChannelDescription description,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        WakeUpChannelAdministration.Outcome outcome =
                administration.put(caller.requireTenant(), channel, description, ifMatch);
        return answer(outcome.created() ? HttpStatus.CREATED : HttpStatus.OK, outcome.channel());
    }

    @GetMapping("/{channel}")
    ResponseEntity<WakeUpChannelView> get(Caller caller, @PathVariable String channel) {
        return answer(HttpStatus.OK, channels.get(caller.requireTenant(), channel));
    }

    @PatchMapping(
            path = "/{channel}",
            consumes = {MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<WakeUpChannelView> patch(
            Caller caller,
            @PathVariable String channel,
            @RequestBody JsonNode patch,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(
                HttpStatus.OK,
                administration.change(
                        caller.requireTenant(),
                        channel,
                        description -> patches.apply(patch, description, WakeUpChannelDescription.class),
                        ifMatch));
    }

    @DeleteMapping("/{channel}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            Caller caller,
            @PathVariable String channel,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        administration.delete(caller.requireTenant(), channel, ifMatch);
    }

    @GetMapping
    Page<WakeUpChannelView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        TenantId tenant = caller.requireTenant();
        return Page.byId(limit, cursor, (after, size) -> channels.after(tenant, after, size), WakeUpChannel::id)
                .map(WakeUpChannelView::of);
    }

    private static ResponseEntity<WakeUpChannelView> answer(HttpStatus status, WakeUpChannel channel) {
        return ResponseEntity.status(status)
                .eTag(EntityTags.of(channel.version()))
                .body(WakeUpChannelView.of(channel));
    }

    /** A channel as callers see it: the description has no secret in it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WakeUpChannelView(
            String id,
            String kind,
            @Nullable String name,
            int messagesPerSecond,
            @Nullable Webhook webhook,
            @Nullable Smpp smpp,
            Instant createdAt,
            long version) {

        static WakeUpChannelView of(WakeUpChannel channel) {
            WakeUpChannelDescription description = channel.description();
            return new WakeUpChannelView(
                    channel.id(),
                    description.kind(),
                    description.name(),
                    description.messagesPerSecond(),
                    description.webhook(),
                    description.smpp(),
                    channel.createdAt(),
                    channel.version());
        }
    }
}
