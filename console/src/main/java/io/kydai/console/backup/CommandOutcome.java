package io.kydai.console.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.store.Database;
import io.kydai.console.store.DatabaseAddress;
import io.kydai.console.store.StoreException;
import io.kydai.models.document.ConfigException;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Runs a command, and reports its failures in one sentence. */
final class CommandOutcome {
  private static final int FAILED = 1;
  private static final int WRONG = 2;

  private CommandOutcome() {}

  /** The work of a command. */
  @FunctionalInterface
  interface Work {
    /** Returns the line to print. */
    String run() throws IOException;
  }

  /** Returns the actor for the audit: the user of the operating system. */
  static Actor actor() {
    return new Actor(Actor.Kind.SYSTEM, "scripts/admin", System.getProperty("user.name", ""));
  }

  /** Adds an entry to the audit of a database that a node may be using. */
  static void record(DatabaseAddress database, AuditEvent event) {
    try (Database node = Database.openBeside(database)) {
      new AuditLog(node, Clock.systemUTC()).append(event);
    }
  }

  /** Returns keys and their values in turn as a JSON object. */
  static String json(Object... pairs) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      object.put((String) pairs[i], pairs[i + 1]);
    }
    return new ObjectMapper().writeValueAsString(object);
  }

  /** Returns the exit code: 0, 1 when the work failed, or 2 for a wrong flag or configuration. */
  static int of(CommandSpec command, Work work) {
    try {
      command.commandLine().getOut().println(work.run());
      return 0;
    } catch (ConfigException | IllegalArgumentException e) {
      command.commandLine().getErr().println(e.getMessage());
      return WRONG;
    } catch (CopyException | StoreException e) {
      command.commandLine().getErr().println(e.getMessage());
      return FAILED;
    } catch (IOException e) {
      command.commandLine().getErr().println("it failed: " + e);
      return FAILED;
    }
  }
}
