package io.warren.platform.schema;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import java.util.Locale;

/**
 * One holding of a value against a schema. A small schema with references can ask for a number of steps that grows exponentially,
 * and each step can leave an error behind, so both are counted.
 */
final class BoundedEvaluation extends ExecutionContext {

    private static final int MOST_STEPS = 2_000_000;
    private static final int MOST_ERRORS = 10_000;

    private int steps;
    private int errors;

    BoundedEvaluation() {
        super(ExecutionConfig.builder()
                .locale(Locale.ENGLISH)
                .formatAssertionsEnabled(false)
                .build());
    }

    @Override
    public void evaluationPathAddLast(String keyword) {
        step();
        super.evaluationPathAddLast(keyword);
    }

    @Override
    public void evaluationPathAddLast(int index) {
        step();
        super.evaluationPathAddLast(index);
    }

    @Override
    public void addError(Error error) {
        if (++errors > MOST_ERRORS) {
            throw new TooMuch();
        }
        super.addError(error);
    }

    private void step() {
        if (++steps > MOST_STEPS) {
            throw new TooMuch();
        }
    }

    /** The evaluation is given up. */
    static final class TooMuch extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooMuch() {
            super("too many steps", null, false, false);
        }
    }
}
