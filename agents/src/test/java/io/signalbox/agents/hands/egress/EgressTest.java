package io.signalbox.agents.hands.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.agents.hands.kit.Setback;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where calls may go. */
class EgressTest {
  private static final EgressSettings STRICT =
      new EgressSettings(List.of("*"), List.of(), false, Set.of("127.0.0.1:8443"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/",
        "http://127.1/",
        "http://localhost/",
        "http://0.0.0.0/",
        "http://10.1.2.3/",
        "http://172.31.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.100.100.200/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::127.0.0.1]/",
        "http://[fd00:ec2::254]/",
        "http://[fe80::1]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[2002:7f00:1::]/",
      })
  void nothingInsideIsCalled(String address) {
    assertThatThrownBy(() -> new Egress(STRICT).pass(URI.create(address)))
        .isInstanceOf(Setback.class)
        .hasMessageContaining("egress")
        .hasMessageContaining("403");
  }

  @Test
  void thePublicInternetIsCalled() throws Exception {
    for (String address : List.of("http://93.184.216.34/", "http://[2606:2800:220:1::1]/")) {
      new Egress(STRICT).pass(URI.create(address)).close();
    }
  }

  @Test
  void whatIsAllowedIsCalled() throws Exception {
    new Egress(STRICT).pass(URI.create("https://127.0.0.1:8443/x")).close();
    EgressSettings open =
        new EgressSettings(List.of("*"), List.of(Network.parse("10.1.0.0/16")), true, Set.of());
    new Egress(open).pass(URI.create("http://10.1.255.255/")).close();
    new Egress(open).pass(URI.create("http://localhost/")).close();
    assertThatThrownBy(() -> new Egress(open).pass(URI.create("http://10.2.0.1/")))
        .isInstanceOf(Setback.class);
  }

  @Test
  void aNameThatIsNotListedIsNotCalled() {
    EgressSettings listed =
        new EgressSettings(List.of("*.example.com", "one.test"), List.of(), true, Set.of());
    assertThat(listed.objection("api.example.com")).isEmpty();
    assertThat(listed.objection("ONE.test")).isEmpty();
    assertThat(listed.objection("example.com.evil.test")).isPresent();
    assertThat(listed.objection("badexample.com")).isPresent();
  }

  @Test
  void aNameThatLeadsElsewhereTheSecondTimeLeadsNowhere() throws Exception {
    Deque<String> answers = new ArrayDeque<>(List.of("93.184.216.34", "169.254.169.254"));
    InetAddressResolver fickle =
        new InetAddressResolver() {
          @Override
          public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
              throws UnknownHostException {
            return Stream.of(InetAddress.getByName(answers.removeFirst()));
          }

          @Override
          public String lookupByAddress(byte[] address) {
            return "";
          }
        };
    var names = new GuardedNames.Checked(fickle);
    var policy = InetAddressResolver.LookupPolicy.of(InetAddressResolver.LookupPolicy.IPV4);
    GuardedNames.guard("rebinding.test", STRICT);
    try {
      assertThat(names.lookupByName("rebinding.test", policy)).hasSize(1);
      assertThatThrownBy(() -> names.lookupByName("rebinding.test", policy))
          .isInstanceOf(UnknownHostException.class)
          .hasMessageContaining("link-local");
    } finally {
      GuardedNames.release("rebinding.test");
    }
  }

  @Test
  void theProcessReallyAsksTheGuard() {
    assertThat(java.util.ServiceLoader.load(java.net.spi.InetAddressResolverProvider.class))
        .hasAtLeastOneElementOfType(GuardedNames.class);
  }
}
