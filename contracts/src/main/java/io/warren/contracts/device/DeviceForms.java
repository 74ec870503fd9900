package io.warren.contracts.device;

/** Forms of what is said of a device, as regular expressions: what one service takes in for another is held to the same. */
public final class DeviceForms {

    /** The name of a device type. */
    public static final String TYPE = "[a-z0-9][a-z0-9_-]{0,63}";

    /** The key of a tag or of an identifier: names that an expression can write without quoting, and the hyphen. */
    public static final String KEY = "[A-Za-z_][A-Za-z0-9_-]{0,63}";

    private DeviceForms() {}
}
