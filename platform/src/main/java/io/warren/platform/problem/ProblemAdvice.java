package io.warren.platform.problem;

import io.warren.platform.database.DatabaseAway;
import io.warren.platform.database.Unstorable;
import io.warren.platform.pace.ReturnTimes;
import io.warren.platform.trace.TraceContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.validation.ObjectError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;

/** Turns every exception that leaves a controller or the security filters into an RFC 9457 problem. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final ReturnTimes returnTimes = ReturnTimes.afterOutage();

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> ours(ProblemException problem, WebRequest request) {
        return answer(problem, problem, request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unauthenticated(AuthenticationException exception, WebRequest request) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        ProblemDetail body = ProblemDetail.forStatusAndDetail(
                HttpStatus.UNAUTHORIZED, "This needs a valid API key or access token as a bearer token.");
        return handleExceptionInternal(exception, body, headers, HttpStatus.UNAUTHORIZED, request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> forbidden(AccessDeniedException exception, WebRequest request) {
        ProblemDetail body =
                ProblemDetail.forStatusAndDetail(HttpStatus.FORBIDDEN, "The caller's role does not allow this.");
        return handleExceptionInternal(exception, body, new HttpHeaders(), HttpStatus.FORBIDDEN, request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> stale(OptimisticLockingFailureException exception, WebRequest request) {
        return answer(
                new ProblemException(ProblemKind.STALE, "Somebody else changed it first: read it again and retry."),
                exception,
                request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> invalidParameter(ConstraintViolationException exception, WebRequest request) {
        List<Violation> violations = exception.getConstraintViolations().stream()
                .map(violation -> new Violation(violation.getPropertyPath().toString(), violation.getMessage()))
                .toList();
        return answer(invalid(violations), exception, request);
    }

    /**
     * Looks for what is behind a failure that nobody has foreseen. An answer that has begun cannot become a problem: it is cut
     * off, or it would be taken for the whole.
     */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unknown(Exception exception, WebRequest request) throws Exception {
        HttpServletResponse response = ((ServletWebRequest) request).getResponse();
        if (response != null && response.isCommitted()) {
            throw exception;
        }
        if (DatabaseAway.isCauseOf(exception)) {
            log.warn("The database is away or too slow: {}", exception.getMessage());
            return answer(
                    new ProblemException(ProblemKind.UNAVAILABLE, "The database does not answer.", returnTimes.next()),
                    exception,
                    request);
        }
        Optional<String> unstorable = Unstorable.reason(exception);
        if (unstorable.isPresent()) {
            return answer(new ProblemException(ProblemKind.INVALID, unstorable.get()), exception, request);
        }
        log.error("Unexpected failure", exception);
        ProblemDetail body = ProblemDetail.forStatusAndDetail(
                HttpStatus.INTERNAL_SERVER_ERROR, "Something failed inside; the trace id leads to it in the logs.");
        return handleExceptionInternal(exception, body, new HttpHeaders(), HttpStatus.INTERNAL_SERVER_ERROR, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException exception, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<Violation> violations =
                exception.getAllErrors().stream().map(ProblemAdvice::violation).toList();
        return answer(invalid(violations), exception, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException exception, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return switch (exception.getCause()) {
            case StreamReadException syntax ->
                answer(
                        new ProblemException(ProblemKind.MALFORMED, "The body is not JSON: " + position(syntax)),
                        exception,
                        request);
            case DatabindException binding
            when binding.getCause() instanceof ProblemException ours -> answer(ours, exception, request);
            case DatabindException binding ->
                answer(invalid(List.of(Violation.at(binding, reason(binding)))), exception, request);
            case null, default ->
                answer(
                        new ProblemException(ProblemKind.MALFORMED, "The body is missing or cannot be read."),
                        exception,
                        request);
        };
    }

    /** Gives every problem what all of them carry; called by the superclass for Spring's own exceptions as well. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception exception,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        ProblemDetail problem = body instanceof ProblemDetail detail ? detail : ProblemDetail.forStatus(status);
        HttpServletRequest servletRequest = ((ServletWebRequest) request).getRequest();
        ProblemBodies.complete(problem, status, servletRequest.getRequestURI(), TraceContext.current());
        return super.handleExceptionInternal(exception, problem, headers, status, request);
    }

    private @Nullable ResponseEntity<Object> answer(ProblemException problem, Exception cause, WebRequest request) {
        HttpHeaders headers = new HttpHeaders();
        Duration retryAfter = problem.retryAfter();
        if (retryAfter != null) {
            headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, retryAfter.toSeconds())));
        }
        return handleExceptionInternal(
                cause, ProblemBodies.of(problem), headers, problem.kind().status(), request);
    }

    private static ProblemException invalid(List<Violation> violations) {
        return new ProblemException(ProblemKind.INVALID, "Some fields are not allowed to be as they are.", violations);
    }

    private static Violation violation(ObjectError error) {
        return error.contains(ConstraintViolation.class)
                ? Violation.at(error.unwrap(ConstraintViolation.class))
                : new Violation("", String.valueOf(error.getDefaultMessage()));
    }

    private static String position(JacksonException exception) {
        var location = exception.getLocation();
        return location == null
                ? "it ends too early or breaks off."
                : String.format(Locale.ROOT, "line %d, column %d.", location.getLineNr(), location.getColumnNr());
    }

    /** Our own words for a value that does not fit; Jackson's name classes, which are nobody's business outside. */
    private static String reason(DatabindException exception) {
        return exception.getCause() instanceof IllegalArgumentException ours && ours.getMessage() != null
                ? ours.getMessage()
                : "not a value of the type that is expected here";
    }
}
