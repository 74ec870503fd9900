package io.warren.platform.problem;

import org.springframework.http.HttpStatus;

/**
 * A kind of error that clients may tell apart.
 *
 * @param name kebab-case, stable for ever; the problem's {@code type} is {@code urn:warren:problem:} and this name
 * @param status the HTTP status it is answered with
 * @param title what it means in general, for people
 */
public record ProblemKind(String name, HttpStatus status, String title) {

    /** What every {@code type} begins with. */
    public static final String URN_PREFIX = "urn:warren:problem:";

    /** The request cannot be read. */
    public static final ProblemKind MALFORMED =
            new ProblemKind("malformed", HttpStatus.BAD_REQUEST, "Malformed request");

    /** The request can be read, and something in it is not allowed. */
    public static final ProblemKind INVALID =
            new ProblemKind("invalid", HttpStatus.UNPROCESSABLE_CONTENT, "Invalid request");

    /** A change was asked for on the ground of a version that is no longer the newest. */
    public static final ProblemKind STALE =
            new ProblemKind("stale", HttpStatus.PRECONDITION_FAILED, "Changed in the meantime");

    /** A key that belongs to no tenant asked for something of a tenant without naming it. */
    public static final ProblemKind TENANT_REQUIRED =
            new ProblemKind("tenant-required", HttpStatus.BAD_REQUEST, "No tenant named");

    /** Something behind this service is away; asking again later helps. */
    public static final ProblemKind UNAVAILABLE =
            new ProblemKind("unavailable", HttpStatus.SERVICE_UNAVAILABLE, "Temporarily unavailable");

    /** The problem's {@code type}. */
    public String urn() {
        return URN_PREFIX + name;
    }
}
