package io.warren.provisioning.authority;

import io.warren.platform.security.Caller;
import io.warren.platform.web.CleanText;
import io.warren.platform.web.EntityTags;
import io.warren.platform.web.Page;
import io.warren.provisioning.x509.X509Certificates;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Customers' certificate authorities over REST. */
@RestController
@RequestMapping("/api/v1/certificate-authorities")
class AuthorityController {

    private final AuthorityAdministration administration;

    AuthorityController(AuthorityAdministration administration) {
        this.administration = administration;
    }

    /**
     * A proof that an authority's key is in the tenant's hands.
     *
     * @param certificate in PEM, issued by the authority, with the challenge for its common name
     */
    record Proof(
            @NotNull @CleanText @Size(max = X509Certificates.LONGEST)
            String certificate) {}

    @PutMapping("/{id}")
    ResponseEntity<AuthorityView> put(
            Caller caller,
            @PathVariable String id,
            @RequestBody @Valid AuthorityRequest request,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        AuthorityAdministration.Outcome outcome = administration.put(caller.requireTenant(), id, request, ifMatch);
        return answer(outcome.created() ? HttpStatus.CREATED : HttpStatus.OK, outcome.authority());
    }

    @GetMapping("/{id}")
    ResponseEntity<AuthorityView> get(Caller caller, @PathVariable String id) {
        return answer(HttpStatus.OK, administration.get(caller.requireTenant(), id));
    }

    @GetMapping
    Page<AuthorityView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return administration.list(caller.requireTenant(), limit, cursor);
    }

    @PostMapping("/{id}:challenge")
    ResponseEntity<AuthorityAdministration.Challenge> challenge(Caller caller, @PathVariable String id) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(administration.challenge(caller.requireTenant(), id));
    }

    @PostMapping("/{id}:verify")
    ResponseEntity<AuthorityView> verify(Caller caller, @PathVariable String id, @RequestBody @Valid Proof proof) {
        return answer(HttpStatus.OK, administration.verify(caller.requireTenant(), id, proof.certificate()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        administration.delete(caller.requireTenant(), id, ifMatch);
    }

    private static ResponseEntity<AuthorityView> answer(HttpStatus status, AuthorityView authority) {
        return ResponseEntity.status(status)
                .eTag(EntityTags.of(authority.version()))
                .body(authority);
    }
}
