package io.warren.testing.contract;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.convert.DurationStyle;

/** What the constraints on a component of a properties record say, in words. */
final class Bounds {

    static final String REQUIRED = "required";

    private static final List<ChronoUnit> UNITS =
            List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS);

    private String least = "";
    private String most = "";
    private boolean required;

    private Bounds() {}

    /**
     * The bounds of a property.
     *
     * @param type the record that has it; of other types, which are Spring's, nothing is said
     * @param name the property's name
     * @param set whether it has a value when nobody sets it
     */
    static String of(String type, String name, boolean set) {
        Bounds bounds = new Bounds();
        if (type.startsWith("io.warren.")) {
            Arrays.stream(component(type, name).getAnnotations()).forEach(bounds::read);
        }
        return bounds.words(set);
    }

    private static Field component(String type, String name) {
        String component = name.substring(name.lastIndexOf('.') + 1).replace("-", "");
        try {
            return Arrays.stream(Class.forName(type).getDeclaredFields())
                    .filter(field -> field.getName().equalsIgnoreCase(component))
                    .findFirst()
                    .orElseThrow();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read(Annotation constraint) {
        switch (constraint) {
            case Min min -> least = String.valueOf(min.value());
            case Max max -> most = String.valueOf(max.value());
            case DurationMin min ->
                least = words(
                        min.days(),
                        min.hours(),
                        min.minutes(),
                        Duration.ofSeconds(min.seconds(), min.nanos()).plusMillis(min.millis()));
            case DurationMax max ->
                most = words(
                        max.days(),
                        max.hours(),
                        max.minutes(),
                        Duration.ofSeconds(max.seconds(), max.nanos()).plusMillis(max.millis()));
            case NotNull _, NotBlank _ -> required = true;
            default -> {}
        }
    }

    private static String words(long days, long hours, long minutes, Duration rest) {
        Duration duration = rest.plusDays(days).plusHours(hours).plusMinutes(minutes);
        if (duration.isZero()) {
            return "0";
        }
        ChronoUnit unit = UNITS.stream()
                .filter(each -> duration.toMillis() % each.getDuration().toMillis() == 0)
                .findFirst()
                .orElse(ChronoUnit.MILLIS);
        return DurationStyle.SIMPLE.print(duration, unit);
    }

    private String words(boolean set) {
        if (required && !set) {
            return REQUIRED;
        }
        if (least.isEmpty() || most.isEmpty()) {
            return least.isEmpty() ? (most.isEmpty() ? "" : "at most " + most) : "at least " + least;
        }
        return least + " to " + most;
    }
}
