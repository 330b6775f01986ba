package io.kydai.ingest.simulator;

import io.kydai.ingest.simulator.SimulatedCamera.Login;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks for a password and checks the answer (RFC 2617). */
final class Gate {
  private static final Pattern PARAMETER =
      Pattern.compile("(\\w+)\\s*=\\s*(?:\"([^\"]*)\"|([^,\\s]*))");
  private static final String REALM = "kydai simulator";

  private final Login login;
  private final String nonce;

  Gate(Login login, String nonce) {
    this.login = login;
    this.nonce = nonce;
  }

  /** The value of the header {@code WWW-Authenticate}. */
  String challenge() {
    return login.digest()
        ? "Digest realm=\"" + REALM + "\", nonce=\"" + nonce + "\", qop=\"auth\", algorithm=MD5"
        : "Basic realm=\"" + REALM + "\"";
  }

  boolean opens(Request request) {
    String answer = request.header("authorization");
    return login.digest() ? digestOpens(request, answer) : answer.equals(basic());
  }

  private String basic() {
    byte[] both = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  private boolean digestOpens(Request request, String answer) {
    if (!answer.startsWith("Digest ")) {
      return false;
    }
    Map<String, String> given = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(answer.substring(7));
    while (matcher.find()) {
      given.put(matcher.group(1), matcher.group(2) != null ? matcher.group(2) : matcher.group(3));
    }
    String ha1 = md5(login.user() + ":" + REALM + ":" + login.password());
    String ha2 = md5(request.method() + ":" + given.get("uri"));
    String expected =
        given.containsKey("qop")
            ? md5(
                String.join(
                    ":", ha1, nonce, given.get("nc"), given.get("cnonce"), given.get("qop"), ha2))
            : md5(ha1 + ":" + nonce + ":" + ha2);
    return nonce.equals(given.get("nonce"))
        && login.user().equals(given.get("username"))
        && expected.equals(given.get("response"));
  }

  private static String md5(String text) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(md5.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
