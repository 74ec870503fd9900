package io.warren.platform.transfer;

/**
 * Keeps spreadsheets from running what devices and integrators have written: a cell that begins as a formula does is exported with
 * an apostrophe before it (OWASP, CSV injection), and the import takes it away again. A text that begins with an apostrophe gets
 * one more, so that every text comes back as it was.
 */
public final class FormulaGuard {

    private static final String GUARDED = "=+-@\t\r'";

    private FormulaGuard() {}

    /** A text as it may stand in a cell. */
    public static String guard(String text) {
        return isGuarded(text, 0) ? "'" + text : text;
    }

    /** The text of a cell. */
    public static String unguard(String cell) {
        return cell.startsWith("'") && isGuarded(cell, 1) ? cell.substring(1) : cell;
    }

    private static boolean isGuarded(String text, int index) {
        return index < text.length() && GUARDED.indexOf(text.charAt(index)) >= 0;
    }
}
