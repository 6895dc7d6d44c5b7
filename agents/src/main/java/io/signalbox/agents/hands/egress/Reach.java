package io.signalbox.agents.hands.egress;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which addresses are not of the public internet, and why. */
final class Reach {
  private static final Map<Network, String> INSIDE = new LinkedHashMap<>();

  static {
    put("0.0.0.0/8", "this host");
    put("10.0.0.0/8", "private");
    put("100.64.0.0/10", "shared by a provider");
    put("127.0.0.0/8", "loopback");
    put("169.254.0.0/16", "link-local, where clouds keep their metadata");
    put("172.16.0.0/12", "private");
    put("192.0.0.0/24", "reserved");
    put("192.168.0.0/16", "private");
    put("198.18.0.0/15", "for benchmarks");
    put("224.0.0.0/4", "multicast");
    put("240.0.0.0/4", "reserved");
    put("::1/128", "loopback");
    put("::/128", "this host");
    put("fc00::/7", "private");
    put("fe80::/10", "link-local");
    put("fec0::/10", "private");
    put("ff00::/8", "multicast");
    put("2001::/32", "tunnelled");
  }

  private Reach() {}

  private static void put(String network, String what) {
    INSIDE.put(Network.parse(network), what);
  }

  /** What is special about the address; empty where it is one of the public internet. */
  static Optional<String> inside(InetAddress address) {
    return INSIDE.entrySet().stream()
        .filter(it -> it.getKey().holds(address))
        .map(Map.Entry::getValue)
        .findFirst()
        .or(() -> carried(address).flatMap(Reach::inside));
  }

  static boolean loopback(InetAddress address) {
    return address.isLoopbackAddress();
  }

  /** The IPv4 address that an IPv6 address leads to: compatible, NAT64 or 6to4. */
  private static Optional<InetAddress> carried(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return Optional.empty();
    }
    byte[] all = address.getAddress();
    boolean compatible = zeros(all, 0, 12);
    boolean nat64 =
        all[0] == 0 && all[1] == 0x64 && (all[2] & 0xff) == 0xff && (all[3] & 0xff) == 0x9b;
    boolean sixToFour = all[0] == 0x20 && all[1] == 0x02;
    if (compatible || nat64) {
      return Optional.of(four(Arrays.copyOfRange(all, 12, 16)));
    }
    return sixToFour ? Optional.of(four(Arrays.copyOfRange(all, 2, 6))) : Optional.empty();
  }

  private static boolean zeros(byte[] all, int from, int to) {
    for (int i = from; i < to; i++) {
      if (all[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress four(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
