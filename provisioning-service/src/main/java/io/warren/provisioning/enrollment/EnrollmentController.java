package io.warren.provisioning.enrollment;

import io.warren.platform.security.Caller;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.Page;
import jakarta.validation.Valid;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Enrolments for integrators. */
@RestController
@RequestMapping("/api/v1/enrollments")
class EnrollmentController {

    private final Enrollments enrollments;

    EnrollmentController(Enrollments enrollments) {
        this.enrollments = enrollments;
    }

    @PostMapping
    ResponseEntity<EnrollmentView> create(Caller caller, @Valid @RequestBody EnrollmentRequest request) {
        return answer(enrollments.create(caller.requireTenant(), request), true);
    }

    @PutMapping("/{id}")
    ResponseEntity<EnrollmentView> put(
            Caller caller, @PathVariable String id, @Valid @RequestBody EnrollmentRequest request) {
        Enrollments.Outcome outcome = enrollments.put(caller.requireTenant(), id, request);
        return answer(outcome.enrollment(), outcome.created());
    }

    @GetMapping("/{id}")
    EnrollmentView get(Caller caller, @PathVariable String id) {
        return enrollments.get(caller.requireTenant(), id);
    }

    @GetMapping
    Page<EnrollmentView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return enrollments.list(caller.requireTenant(), Cursor.decode(cursor, 2), Cursor.limit(limit));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Caller caller, @PathVariable String id) {
        enrollments.revoke(caller.requireTenant(), id);
    }

    private static ResponseEntity<EnrollmentView> answer(EnrollmentView enrollment, boolean created) {
        if (!created) {
            return ResponseEntity.ok(enrollment);
        }
        return ResponseEntity.created(URI.create("/api/v1/enrollments/" + enrollment.id()))
                .cacheControl(CacheControl.noStore())
                .body(enrollment);
    }
}
