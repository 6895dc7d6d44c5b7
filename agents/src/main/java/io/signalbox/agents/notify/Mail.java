package io.signalbox.agents.notify;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.protocol.notify.Errand;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Properties;

/** A question as a plain text mail, with a link for its reader alone. */
final class Mail {
  private final Duration timeout;

  Mail(Duration timeout) {
    this.timeout = timeout;
  }

  void send(Errand errand, String password) throws Setback {
    JsonNode config = errand.channel().config();
    try {
      MimeMessage message = new Identified(session(config, password), errand.id(), config);
      message.setFrom(new InternetAddress(config.path("from").asText()));
      message.setRecipient(
          Message.RecipientType.TO,
          new InternetAddress(errand.person().orElseThrow().address()));
      message.setSubject(
          Facts.headline(errand).replaceAll("\\p{Cntrl}", " "), "UTF-8");
      message.setHeader("Auto-Submitted", "auto-generated");
      message.setText(text(errand), "UTF-8");
      message.saveChanges();
      Transport.send(message);
    } catch (SendFailedException e) {
      boolean address = e.getInvalidAddresses() != null && e.getInvalidAddresses().length > 0;
      throw Setback.failed(
          "communication", address ? 422 : 503, "the mail server does not take it: " + told(e));
    } catch (MessagingException e) {
      throw Setback.failed("communication", 503, "the mail server: " + told(e));
    }
  }

  private static String told(MessagingException e) {
    return String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
  }

  /** The same message has the same id however often it is sent. */
  private static final class Identified extends MimeMessage {
    private final String id;

    Identified(Session session, String errand, JsonNode config) {
      super(session);
      String from = config.path("from").asText("@signalbox");
      this.id = "<" + errand + from.substring(from.indexOf('@')) + ">";
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }

  private Session session(JsonNode config, String password) {
    Properties set = new Properties();
    String security = config.path("security").asText("starttls");
    String millis = Long.toString(timeout.toMillis());
    set.put("mail.transport.protocol", "smtp");
    set.put("mail.smtp.host", config.path("host").asText());
    set.put("mail.smtp.port", Integer.toString(config.path("port").asInt(587)));
    set.put("mail.smtp.connectiontimeout", millis);
    set.put("mail.smtp.timeout", millis);
    set.put("mail.smtp.writetimeout", millis);
    set.put("mail.smtp.ssl.checkserveridentity", "true");
    set.put("mail.smtp.starttls.enable", Boolean.toString(security.equals("starttls")));
    set.put("mail.smtp.starttls.required", Boolean.toString(security.equals("starttls")));
    set.put("mail.smtp.ssl.enable", Boolean.toString(security.equals("tls")));
    String user = config.path("username").asText("");
    set.put("mail.smtp.auth", Boolean.toString(!user.isEmpty()));
    return Session.getInstance(
        set,
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(user, password);
          }
        });
  }

  private static String text(Errand errand) {
    StringBuilder text = new StringBuilder(Facts.headline(errand)).append("\n\n");
    Facts.of(errand.approval())
        .forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    text.append('\n').append(errand.shown()).append("\n\n");
    errand
        .link()
        .ifPresent(
            link ->
                text.append("Look and decide (for you alone, good once; opening it decides nothing):")
                    .append('\n')
                    .append(link)
                    .append('\n'));
    return text.toString();
  }
}
