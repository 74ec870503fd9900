package io.warren.gateway.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.gateway.access.KeyAdministration.IssuedKey;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.security.Role;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The API keys of the tenant that the call is about, or of the platform. */
@RestController
@RequestMapping("/api/v1/api-keys")
class ApiKeyController {

    private static final Cursor BEGINNING = Cursor.after(Instant.EPOCH, "");

    private final KeyAdministration administration;

    ApiKeyController(KeyAdministration administration) {
        this.administration = administration;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<IssuedKeyBody> create(
            @AuthenticationPrincipal Identity caller, @Valid @RequestBody NewKeyBody body) {
        Role role = Role.fromWireName(body.role()).orElseThrow(ApiKeyController::noSuchRole);
        IssuedKey issued = administration.create(caller, body.name(), role, body.expiresAt());
        return ResponseEntity.created(
                        URI.create("/api/v1/api-keys/" + issued.key().id()))
                .body(IssuedKeyBody.of(issued));
    }

    @GetMapping
    Page<KeyBody> list(
            @AuthenticationPrincipal Identity caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        Cursor asked = Cursor.decode(cursor, 2);
        Cursor after = asked == null ? BEGINNING : asked;
        List<ApiKey> keys =
                administration.list(caller, createdAt(after), after.values().getLast(), size + 1);
        return Page.of(keys, size, key -> Cursor.after(key.createdAt(), key.id()))
                .map(KeyBody::of);
    }

    @GetMapping("/{id}")
    KeyBody get(@AuthenticationPrincipal Identity caller, @PathVariable String id) {
        return KeyBody.of(administration.get(caller, id));
    }

    @PostMapping("/{id}:rotate")
    IssuedKeyBody rotate(@AuthenticationPrincipal Identity caller, @PathVariable String id) {
        return IssuedKeyBody.of(administration.rotate(caller, id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@AuthenticationPrincipal Identity caller, @PathVariable String id) {
        administration.revoke(caller, id);
    }

    private static Instant createdAt(Cursor cursor) {
        try {
            return Instant.parse(cursor.values().getFirst());
        } catch (DateTimeException e) {
            throw Cursor.malformed();
        }
    }

    private static ProblemException noSuchRole() {
        String roles = Arrays.stream(Role.values())
                .filter(Role::isForKeys)
                .map(Role::wireName)
                .collect(Collectors.joining(", "));
        return new ProblemException(
                ProblemKind.INVALID,
                "Some fields are not allowed to be as they are.",
                List.of(new Violation("/role", "one of " + roles)));
    }

    /**
     * A key that is asked for.
     *
     * @param name what people call it
     * @param role {@code viewer}, {@code operator}, {@code integrator}, {@code admin} or {@code platform-admin}
     * @param expiresAt when it stops working; absent: never
     */
    record NewKeyBody(
            @NotBlank @Size(max = 100) String name,
            @NotNull String role,
            @Nullable Instant expiresAt) {}

    /** A key as it can be looked at. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeyBody(
            String id,
            String name,
            String role,
            @Nullable String tenant,
            Instant createdAt,
            @Nullable Instant expiresAt) {

        static KeyBody of(ApiKey key) {
            return new KeyBody(
                    key.id(),
                    key.name(),
                    key.role().wireName(),
                    key.tenant() == null ? null : key.tenant().value(),
                    key.createdAt(),
                    key.expiresAt());
        }
    }

    /** A key with its text, which is shown this once. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record IssuedKeyBody(
            String id,
            String key,
            String name,
            String role,
            @Nullable String tenant,
            Instant createdAt,
            @Nullable Instant expiresAt) {

        static IssuedKeyBody of(IssuedKey issued) {
            KeyBody body = KeyBody.of(issued.key());
            return new IssuedKeyBody(
                    body.id(),
                    issued.credential().text(),
                    body.name(),
                    body.role(),
                    body.tenant(),
                    body.createdAt(),
                    body.expiresAt());
        }
    }
}
