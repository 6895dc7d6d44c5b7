package io.signalbox.agents.hands.egress;

import com.typesafe.config.Config;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where calls may go.
 *
 * @param hosts names that may be called: {@code *}, a name, or {@code *.example.com}
 * @param networks addresses inside that may be called all the same
 * @param loopback whether this machine itself may be called
 * @param trusted host and port of what the operator has configured, wherever it lies
 */
public record EgressSettings(
    List<String> hosts, List<Network> networks, boolean loopback, Set<String> trusted) {
  public EgressSettings {
    hosts = hosts.stream().map(it -> it.toLowerCase(Locale.ROOT)).toList();
    networks = List.copyOf(networks);
    trusted = Set.copyOf(trusted);
  }

  /**
   * Reads {@code egress}.
   *
   * @param local whether the gateway serves nobody but this machine
   */
  public static EgressSettings from(Config config, boolean local, Set<String> trusted) {
    String loopback = config.getString("loopback");
    boolean allowed =
        switch (loopback) {
          case "allowed" -> true;
          case "refused" -> false;
          case "when-local" -> local;
          default ->
              throw new IllegalArgumentException(
                  "egress.loopback must be allowed, refused or when-local, not " + loopback);
        };
    return new EgressSettings(
        config.getStringList("hosts"),
        config.getStringList("networks").stream().map(Network::parse).toList(),
        allowed,
        trusted);
  }

  /** How a place is named among the trusted. */
  public static String place(URI uri) {
    int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
  }

  /** Why the name may not be called; empty if it may. */
  Optional<String> objection(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    boolean listed =
        hosts.stream()
            .anyMatch(
                it ->
                    it.equals("*")
                        || it.equals(name)
                        || (it.startsWith("*.") && name.endsWith(it.substring(1))));
    return listed
        ? Optional.empty()
        : Optional.of(host + " is not among signalbox.agents.hands.egress.hosts");
  }

  /** Why the address may not be called; empty if it may. */
  Optional<String> objection(InetAddress address) {
    return Reach.inside(address)
        .filter(_ -> !(loopback && Reach.loopback(address)))
        .filter(_ -> networks.stream().noneMatch(it -> it.holds(address)))
        .map(
            what ->
                address.getHostAddress()
                    + " is "
                    + what
                    + "; signalbox.agents.hands.egress."
                    + (Reach.loopback(address) ? "loopback" : "networks")
                    + " can allow it");
  }
}
