package io.warren.platform.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * The addresses that may be connected to: public ones and those that the operator allows. A tenant chooses the host, so that
 * without this he could have the service talk to itself, to its neighbours or to the cloud's own services. Asked for each
 * connection, with the addresses that it is then made to: a name that has changed its meaning since is no way around it.
 */
public final class ReachableAddresses implements DnsResolver {

    private static final List<Network> NOT_PUBLIC = networks(
            "0.0.0.0/8", // this host (RFC 6890, as most of these)
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16", // where clouds keep their metadata
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3", // groups, and what is reserved
            "2001::/23", // Teredo among others, which has an IPv4 address inside
            "2001:db8::/32",
            "2002::/16", // 6to4, which has as well
            "3fff::/20");

    /** Of IPv6, only these are given out; all that maps or embeds IPv4 lies outside, or above. */
    private static final Network GLOBAL_IPV6 = new Network("2000::/3");

    private final List<Network> allowed;

    /**
     * The addresses that are reachable.
     *
     * @param allowed networks that are reachable although they are not public
     */
    public ReachableAddresses(List<Network> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /**
     * The addresses of a host that may be connected to.
     *
     * @throws UnknownHostException if there are none
     */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] reachable =
                Arrays.stream(HostLookup.of(host)).filter(this::isReachable).toArray(InetAddress[]::new);
        if (reachable.length == 0) {
            throw new NotReachable();
        }
        return reachable;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    boolean isReachable(InetAddress address) {
        return isPublic(address) || allowed.stream().anyMatch(network -> network.contains(address));
    }

    private static boolean isPublic(InetAddress address) {
        return (address instanceof Inet4Address || GLOBAL_IPV6.contains(address))
                && NOT_PUBLIC.stream().noneMatch(network -> network.contains(address));
    }

    private static List<Network> networks(String... texts) {
        return Arrays.stream(texts).map(Network::new).toList();
    }

    /** The host has no address that may be connected to. */
    public static final class NotReachable extends UnknownHostException {

        private static final long serialVersionUID = 1L;
    }
}
