package io.signalbox.agents.hands.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.agents.hands.web.Ask;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** Against the examples of RFC 7616, section 3.9. */
class DigestResponseTest {
  private static final String CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
  private static final Ask ASK =
      Ask.get(URI.create("http://www.example.org/dir/index.html"), Map.of());

  private static List<Challenge> offered() {
    return Challenge.read(
        List.of(
            "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=SHA-256,"
                + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"",
            "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=MD5,"
                + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""));
  }

  @Test
  void sha256AndMd5AreAsInTheStandard() throws Exception {
    var sha = new DigestResponse(offered().get(0), "Mufasa", "Circle of Life", CNONCE);
    assertThat(sha.header(ASK))
        .contains("response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"")
        .contains("qop=auth, nc=00000001")
        .contains("uri=\"/dir/index.html\"")
        .contains("opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
    var md5 = new DigestResponse(offered().get(1), "Mufasa", "Circle of Life", CNONCE);
    assertThat(md5.header(ASK)).contains("response=\"8ca523f5e9506fed4657c9700eebdbec\"");
  }

  @Test
  void theUserMayBeHashedToo() throws Exception {
    var challenge =
        Challenge.read(
                List.of(
                    "Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256,"
                        + " nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\","
                        + " opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\","
                        + " charset=UTF-8, userhash=true"))
            .getFirst();
    var header =
        new DigestResponse(
                challenge,
                "J\u00e4s\u00f8n Doe",
                "Secret, or not?",
                "NTg6RKcb9boFIAS3KrFK9BGeh+niz/sm")
            .header(Ask.get(URI.create("http://api.example.org/doe.json"), Map.of()));
    assertThat(header).contains("userhash=true").doesNotContain("Doe");
  }

  @Test
  void theBodyIsCoveredWhereNothingLessIsOffered() throws Exception {
    var challenge = Challenge.read(List.of("Digest realm=r, nonce=n, qop=\"auth-int\"")).getFirst();
    var response = new DigestResponse(challenge, "u", "p", "c");
    var one = response.header(with("a"));
    assertThat(one).contains("qop=auth-int");
    assertThat(response.header(with("b"))).isNotEqualTo(one);
  }

  @Test
  void severalChallengesOnOneLineAreToldApart() {
    var all =
        Challenge.read(
            List.of("Negotiate, Basic realm=\"a, \\\"b\\\"\", Digest nonce=x, qop=auth"));
    assertThat(all).extracting(Challenge::scheme).containsExactly("Negotiate", "Basic", "Digest");
    assertThat(all.get(1).parameter("realm")).contains("a, \"b\"");
    assertThat(all.get(2).parameter("qop")).contains("auth");
  }

  private static Ask with(String body) {
    return new Ask("POST", ASK.uri(), Map.of(), Optional.of(ByteString.fromString(body)), true);
  }
}
