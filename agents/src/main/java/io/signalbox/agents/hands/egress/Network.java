package io.signalbox.agents.hands.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A range of addresses, such as {@code 10.1.0.0/16}. */
record Network(InetAddress base, int bits) {
  static Network parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!address.matches("[0-9a-fA-F:.]+")) {
      throw new IllegalArgumentException(
          "egress.networks: " + text + " is not an address or a range such as 10.1.0.0/16");
    }
    try {
      InetAddress base = InetAddress.getByName(address);
      int most = base.getAddress().length * 8;
      int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      if (bits < 0 || bits > most) {
        throw new IllegalArgumentException("egress.networks: " + text + " has a wrong length");
      }
      return new Network(base, bits);
    } catch (UnknownHostException | NumberFormatException e) {
      throw new IllegalArgumentException("egress.networks: " + text + " is not an address", e);
    }
  }

  boolean holds(byte[] address) {
    byte[] own = base.getAddress();
    if (own.length != address.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((own[bit / 8] & mask) != (address[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  boolean holds(InetAddress address) {
    return holds(address.getAddress());
  }
}
