package io.warren.platform.web;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A time in the years 0000 to 9999, as RFC 3339 can write it and the database can keep it. */
@Documented
@Target({ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = FourDigitYear.Validator.class)
public @interface FourDigitYear {

    /** What is said to whoever sent another time. */
    String message() default "in the years 0000 to 9999";

    /** The groups of the constraint, as Jakarta Validation asks for. */
    Class<?>[] groups() default {};

    /** The payload of the constraint, as Jakarta Validation asks for. */
    Class<? extends Payload>[] payload() default {};

    /** Looks at the year in UTC. */
    final class Validator implements ConstraintValidator<FourDigitYear, Instant> {

        private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
        private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

        @Override
        public boolean isValid(@Nullable Instant time, ConstraintValidatorContext context) {
            return time == null || (!time.isBefore(FIRST) && time.isBefore(END));
        }
    }
}
