package io.signalbox.agents.guard.sensitive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Credentials: by the forms their issuers give them, checked where a form has a checksum, and by
 * how random a value is that a password's name stands before.
 */
final class Secrets implements Detector {
  /** Forms that nothing else has. A group, if there is one, is the secret itself. */
  private static final Map<String, Pattern> FORMS =
      Map.ofEntries(
          form("github-token", "gh[pousr]_[A-Za-z0-9]{36,251}"),
          form("github-fine-grained-token", "github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{40,80}"),
          form("npm-token", "npm_[A-Za-z0-9]{36}"),
          form(
              "gitlab-token",
              "gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat|oas)-[A-Za-z0-9_.-]{20,120}"),
          form(
              "slack-token",
              "xox[abeoprs](?:-[A-Za-z0-9]{1,}){2,6}|xox[ae]\\.xox[bp]-[A-Za-z0-9-]{20,}|xapp-\\d-[A-Za-z0-9-]{20,}"),
          form(
              "slack-webhook",
              "https://hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/_-]{20,}"),
          form(
              "discord-webhook",
              "https://(?:\\w+\\.)?discord(?:app)?\\.com/api/webhooks/\\d{15,21}/[A-Za-z0-9_-]{40,}"),
          form(
              "discord-token",
              "[MNO][A-Za-z\\d_-]{23,27}\\.[A-Za-z\\d_-]{6}\\.[A-Za-z\\d_-]{27,40}"),
          form(
              "stripe-key",
              "(?:sk|rk|pk)_(?:live|test|prod)_[A-Za-z0-9]{10,247}|whsec_[A-Za-z0-9+/=]{24,80}"),
          form(
              "aws-access-key",
              "(?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA)[A-Z2-7]{16}"),
          form("google-api-key", "AIza[A-Za-z0-9_-]{35}"),
          form(
              "google-oauth-secret",
              "GOCSPX-[A-Za-z0-9_-]{28}|ya29\\.[A-Za-z0-9_-]{30,}|1//0[A-Za-z0-9_-]{40,}"),
          form(
              "openai-key",
              "sk-(?:proj-|svcacct-|admin-|None-)?[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,}|sk-proj-[A-Za-z0-9_-]{40,}|sk-[A-Za-z0-9]{40,64}"),
          form("anthropic-key", "sk-ant-[a-z]+\\d{2}-[A-Za-z0-9_-]{40,}|sk-ant-[A-Za-z0-9_-]{40,}"),
          form(
              "ai-provider-key",
              "sk-or-v1-[0-9a-f]{40,}|gsk_[A-Za-z0-9]{40,}|xai-[A-Za-z0-9]{60,}|r8_[A-Za-z0-9]{30,}|pplx-[A-Za-z0-9]{40,}|nvapi-[A-Za-z0-9_-]{40,}|fw_[A-Za-z0-9]{22,}"),
          form("huggingface-token", "hf_[A-Za-z0-9]{30,}|api_org_[A-Za-z]{34}"),
          form("sendgrid-key", "SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{32,64}"),
          form("mailgun-key", "key-[0-9a-f]{32}|[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}"),
          form("mailchimp-key", "[0-9a-f]{32}-us\\d{1,2}"),
          form("twilio-key", "(?:SK|AC)[0-9a-f]{32}"),
          form("telegram-token", "\\d{8,10}:AA[A-Za-z0-9_-]{32,34}"),
          form("shopify-token", "shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"),
          form("square-token", "sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{22,43}|EAAA[A-Za-z0-9_-]{60}"),
          form("digitalocean-token", "do[opr]_v1_[0-9a-f]{64}"),
          form("pypi-token", "pypi-AgE[A-Za-z0-9_-]{50,}"),
          form("rubygems-key", "rubygems_[0-9a-f]{48}"),
          form("docker-token", "dckr_(?:pat|oat)_[A-Za-z0-9_-]{27,}"),
          form("databricks-token", "dapi[0-9a-f]{32}(?:-\\d)?"),
          form("vault-token", "hv[sbr]\\.[A-Za-z0-9_-]{24,}"),
          form("terraform-token", "[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_-]{60,}"),
          form("atlassian-token", "ATATT3[A-Za-z0-9_=-]{60,}|ATCTT3[A-Za-z0-9_=-]{60,}"),
          form("linear-key", "lin_(?:api|oauth)_[A-Za-z0-9]{32,64}"),
          form("notion-token", "ntn_[A-Za-z0-9]{40,50}|secret_[A-Za-z0-9]{43}"),
          form("grafana-token", "glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}|glc_[A-Za-z0-9+/=]{32,}"),
          form("newrelic-key", "NRAK-[A-Z0-9]{27}|NRII-[A-Za-z0-9_-]{32}"),
          form("sentry-token", "sntry[su]_[A-Za-z0-9+/=_-]{40,}"),
          form("doppler-token", "dp\\.(?:pt|st|ct|sa|scim|audit)\\.[A-Za-z0-9_.-]{40,}"),
          form("postman-key", "PMAK-[0-9a-f]{24}-[0-9a-f]{34}"),
          form("figma-token", "figd_[A-Za-z0-9_-]{40,}"),
          form("airtable-token", "pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}"),
          form("planetscale-token", "pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.-]{30,}"),
          form("supabase-key", "sbp_[0-9a-f]{40}|sb_secret_[A-Za-z0-9_-]{20,}"),
          form("heroku-key", "HRKU-[A-Za-z0-9_-]{40,}"),
          form("cloudflare-token", "v1\\.0-[0-9a-f]{24}-[0-9a-f]{100,}"),
          form(
              "azure-key",
              "(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/]{42,86}={1,2})|[A-Za-z0-9_~.-]{3}8Q~[A-Za-z0-9_~.-]{34}"),
          form("age-key", "AGE-SECRET-KEY-1[0-9QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}"),
          form("signalbox-key", "sbx?_[A-Za-z0-9]{6,}_[A-Za-z0-9]{20,}"));

  private static final Pattern KEY_BLOCK =
      Pattern.compile(
          "-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----))*(?:-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----)?|PuTTY-User-Key-File-\\d:[\\s\\S]*?Private-MAC: [0-9a-f]+");
  private static final Pattern JWT =
      Pattern.compile(
          "(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]{0,1024}");
  private static final Pattern USER_INFO =
      Pattern.compile(
          "[a-z][a-z0-9+.-]{1,20}://[^\\s/:@'\"<>]{0,128}:([^\\s@'\"<>/]{3,256})@[^\\s@/]");

  private static Map.Entry<String, Pattern> form(String rule, String form) {
    return Map.entry(rule, Pattern.compile("(?<![A-Za-z0-9_])(?:" + form + ")(?![A-Za-z0-9_])"));
  }

  @Override
  public List<Hit> find(String text) {
    List<Hit> hits = new ArrayList<>();
    FORMS.forEach((rule, form) -> forms(text, rule, form, hits));
    all(KEY_BLOCK, text, "private-key", hits);
    Matcher jwt = JWT.matcher(text);
    while (jwt.find()) {
      if (Checksums.jwt(jwt.group())) {
        hits.add(new Hit("secret", "jwt", jwt.start(), jwt.end(), 1));
      }
    }
    Matcher info = USER_INFO.matcher(text);
    while (info.find()) {
      if (!Randomness.placeholder(info.group(1))) {
        hits.add(new Hit("secret", "password-in-url", info.start(1), info.end(1), 0.95));
      }
    }
    NamedSecrets.find(text, hits);
    return hits;
  }

  private static void forms(String text, String rule, Pattern form, List<Hit> hits) {
    Matcher m = form.matcher(text);
    while (m.find()) {
      boolean grouped = m.groupCount() > 0 && m.group(1) != null;
      String value = grouped ? m.group(1) : m.group();
      if (!Randomness.placeholder(value)) {
        boolean sure = Checksums.fits(rule, value);
        hits.add(
            new Hit(
                "secret",
                rule,
                grouped ? m.start(1) : m.start(),
                grouped ? m.end(1) : m.end(),
                sure ? 1 : 0.9));
      }
    }
  }

  private static void all(Pattern pattern, String text, String rule, List<Hit> hits) {
    Matcher m = pattern.matcher(text);
    while (m.find()) {
      hits.add(new Hit("secret", rule, m.start(), m.end(), 1));
    }
  }
}
