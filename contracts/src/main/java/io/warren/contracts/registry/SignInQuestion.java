package io.warren.contracts.registry;

/**
 * The gateway asks the registry whether a device that shows something over HTTPS is it: {@code POST} to {@link #PATH}, answered
 * with a {@link SignInAnswer}.
 *
 * @param username what it says it is
 * @param password what it shows: a secret, or a token signed with one
 * @param address the network address it comes from
 */
public record SignInQuestion(String username, String password, String address) {

    /** Where the registry is asked, by the gateway only. */
    public static final String PATH = "/internal/device-sign-in";

    /** The password is a secret. */
    @Override
    public String toString() {
        return "SignInQuestion[" + username + " from " + address + "]";
    }
}
