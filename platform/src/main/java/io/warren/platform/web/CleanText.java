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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Free text as the database can keep it: JSON may write a NUL and half a surrogate pair, PostgreSQL takes neither. */
@Documented
@Target({ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = CleanText.Validator.class)
public @interface CleanText {

    /** What is said to whoever sent another text. */
    String message() default "no NUL and no half of a surrogate pair";

    /** The groups of the constraint, as Jakarta Validation asks for. */
    Class<?>[] groups() default {};

    /** The payload of the constraint, as Jakarta Validation asks for. */
    Class<? extends Payload>[] payload() default {};

    /** Looks at the code points: whole pairs are one, and none of the class of surrogates. */
    final class Validator implements ConstraintValidator<CleanText, CharSequence> {

        private static final Pattern CLEAN = Pattern.compile("[^\\x00\\p{Cs}]*");

        @Override
        public boolean isValid(@Nullable CharSequence text, ConstraintValidatorContext context) {
            return text == null || isClean(text);
        }

        /** Whether the database can keep the text. */
        public static boolean isClean(CharSequence text) {
            return CLEAN.matcher(text).matches();
        }
    }
}
