package io.warren.simulator.cli;

import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** Where a live view is drawn: in place on a terminal; elsewhere (a file, a CI log) as a line from time to time. */
public final class Screen {

    private static final int DRAWINGS_PER_LINE = 10;
    private static final String CLEAR_DOWNWARDS = "\u001b[J";

    private final PrintStream out;
    private final boolean terminal;
    private int drawnLines;
    private int drawings;

    public Screen(PrintStream out) {
        this.out = out;
        this.terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
    }

    /** Replaces what was drawn before; where nothing can be replaced, prints the line every tenth time. */
    public void draw(List<String> view, String line) {
        if (terminal) {
            String up = drawnLines == 0 ? "" : "\u001b[%dA\r".formatted(drawnLines);
            out.print(up + CLEAR_DOWNWARDS + String.join("\n", view) + "\n");
            out.flush();
            drawnLines = view.size();
        } else if (drawings++ % DRAWINGS_PER_LINE == 0) {
            out.println(line);
        }
    }

    /** Prints a line that stays. */
    public void print(String line) {
        drawnLines = 0;
        out.println(line);
    }
}
