package io.warren.provisioning.claimsheet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.warren.contracts.device.TenantId;
import io.warren.platform.security.Caller;
import io.warren.provisioning.enrollment.GroupClaims;
import jakarta.validation.Valid;
import java.time.Clock;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Batches of claim tokens over REST, in the form that the caller accepts. They are in the answer, and nowhere else. */
@RestController
@RequestMapping("/api/v1/enrollment-groups/{id}/claim-tokens")
class ClaimTokenController {

    private static final String CSV = "text/csv";

    private final GroupClaims claims;
    private final ClaimSheetProperties properties;
    private final Clock clock;

    ClaimTokenController(GroupClaims claims, ClaimSheetProperties properties, Clock clock) {
        this.claims = claims;
        this.properties = properties;
        this.clock = clock;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Claims> create(
            Caller caller, @PathVariable String id, @Valid @RequestBody ClaimTokenRequest request) {
        return answer(MediaType.APPLICATION_JSON).body(new Claims(make(caller.requireTenant(), id, request)));
    }

    @PostMapping(produces = CSV)
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<String> createCsv(
            Caller caller, @PathVariable String id, @Valid @RequestBody ClaimTokenRequest request) {
        return answer(new MediaType(MediaType.valueOf(CSV), UTF_8))
                .body(ClaimCsv.of(make(caller.requireTenant(), id, request)));
    }

    @PostMapping(produces = MediaType.TEXT_HTML_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<String> createSheet(
            Caller caller, @PathVariable String id, @Valid @RequestBody ClaimTokenRequest request) {
        TenantId tenant = caller.requireTenant();
        return answer(new MediaType(MediaType.TEXT_HTML, UTF_8))
                .header("Content-Security-Policy", ClaimSheet.CONTENT_SECURITY_POLICY)
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"claim-tokens.html\"")
                .body(new ClaimSheet(properties.publicUrl(), tenant, id).html(make(tenant, id, request)));
    }

    private List<Claims.Claim> make(TenantId tenant, String group, ClaimTokenRequest request) {
        return claims.make(tenant, group, request.devices(clock.instant()), request.expiresAt()).stream()
                .map(made -> new Claims.Claim(
                        made.enrollment(),
                        made.device(),
                        made.token(),
                        ClaimUri.of(properties.publicUrl(), tenant, made.token(), made.device()),
                        request.expiresAt()))
                .toList();
    }

    private static ResponseEntity.BodyBuilder answer(MediaType type) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .contentType(type);
    }
}
