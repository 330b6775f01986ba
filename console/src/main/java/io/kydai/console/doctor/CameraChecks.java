package io.kydai.console.doctor;

import io.kydai.console.config.camera.CameraConfig;
import io.kydai.ingest.source.CameraSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks how cameras are protected, in the spirit of QCVN 135:2024/BTTTT (no passwords of the
 * factory, protected connections). Passwords are compared and never shown.
 */
final class CameraChecks {
  /** What makers ship, or what is tried first. */
  private static final Map<String, Set<String>> FACTORY =
      Map.of(
          "admin",
          Set.of(
              "",
              "admin",
              "12345",
              "123456",
              "1234",
              "9999",
              "888888",
              "password",
              "admin123",
              "admin1234",
              "111111",
              "4321",
              "fliradmin",
              "1111111",
              "tlJwpbo6",
              "meinsm"),
          "root",
          Set.of("", "root", "pass", "admin", "12345", "camera", "system", "ikwb", "vizxv"),
          "888888",
          Set.of("888888"),
          "666666",
          Set.of("666666"),
          "service",
          Set.of("service"),
          "supervisor",
          Set.of("supervisor"),
          "ubnt",
          Set.of("ubnt"));

  private CameraChecks() {}

  static List<Finding> of(List<CameraConfig> cameras) {
    List<Finding> findings = new ArrayList<>();
    int open = 0;
    for (CameraConfig camera : cameras) {
      Optional<CameraSource> source = camera.source();
      if (source.isEmpty()) {
        continue;
      }
      String check = "camera " + camera.id();
      Optional<CameraSource.Credentials> login = source.get().credentials();
      if (login.isEmpty()) {
        findings.add(
            Finding.warning(
                check,
                "has no user and password in its address",
                "set a password in the camera, and write it as ${NAME} into the address"));
      } else if (isFactory(login.get())) {
        findings.add(
            Finding.fault(
                check,
                "has a password of the factory",
                "change it in the camera: such passwords are tried by every worm"));
      }
      if (!"rtsps".equals(source.get().address().getScheme())) {
        open++;
      }
    }
    if (open > 0) {
      findings.add(
          Finding.warning(
              "cameras",
              open + " of " + cameras.size() + " are received without TLS",
              "use rtsps:// where the camera can, else a network of their own"));
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok("cameras", cameras.size() + ", each with TLS and a password of its own"));
    }
    return findings;
  }

  private static boolean isFactory(CameraSource.Credentials login) {
    String user = login.user().toLowerCase(Locale.ROOT);
    return login.password().isEmpty()
        || login.password().equalsIgnoreCase(user)
        || FACTORY.getOrDefault(user, Set.of()).contains(login.password());
  }
}
