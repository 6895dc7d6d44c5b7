package io.signalbox.agents.hands.web;

import io.signalbox.agents.hands.kit.Shortened;
import java.net.http.HttpHeaders;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.pekko.util.ByteString;

/** One HTTP response, whole. */
public record Answer(int status, HttpHeaders headers, ByteString body) {
  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  public String mediaType() {
    var type = headers.firstValue("content-type").orElse("");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  public boolean isJson() {
    return mediaType().endsWith("/json") || mediaType().endsWith("+json");
  }

  public String text() {
    return body.decodeString(charset());
  }

  public String shortened() {
    return Shortened.of(body.take(2_000).decodeString(charset()));
  }

  private Charset charset() {
    var named = CHARSET.matcher(headers.firstValue("content-type").orElse(""));
    return named.find() && Charset.isSupported(named.group(1))
        ? Charset.forName(named.group(1))
        : StandardCharsets.UTF_8;
  }
}
