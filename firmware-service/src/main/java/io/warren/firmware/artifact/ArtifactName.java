package io.warren.firmware.artifact;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The name of an artifact as devices see it in addresses. It is a plain file name: nothing in it can lead anywhere, for us or
 * for a device that saves under it.
 */
record ArtifactName(String value) {

    private static final String FORM = "[A-Za-z0-9][A-Za-z0-9._+-]{0,127}";
    private static final Pattern PATTERN = Pattern.compile(FORM);

    ArtifactName {
        if (!PATTERN.matcher(value).matches() || value.contains("..")) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "An artifact's name has the form " + FORM + ", without two dots in a row.",
                    List.of(new Violation("name", FORM)));
        }
    }
}
