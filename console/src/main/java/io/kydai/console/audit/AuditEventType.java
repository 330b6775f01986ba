package io.kydai.console.audit;

import static io.kydai.console.audit.Detail.bool;
import static io.kydai.console.audit.Detail.changes;
import static io.kydai.console.audit.Detail.integer;
import static io.kydai.console.audit.Detail.object;
import static io.kydai.console.audit.Detail.text;
import static io.kydai.console.audit.Detail.time;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of the types of events. An event has only details that its type declares here; none
 * of them contains a password, a token or another secret. {@code docs/audit-events.md} and {@code
 * docs/audit-events.schema.json} are made from this class.
 */
public enum AuditEventType {
  SESSION_STARTED(
      "session.started",
      "A person logged in.",
      text("session", "the id of the session in the list of sessions"),
      text(
          "method",
          "how the person proved who he is: `password`, `passkey`, `oidc` or `first-administrator`"),
      text(
          "second-factor",
          "the second factor that was used: `totp`, `recovery-code`, `passkey`, or `none` where the"
              + " account has none; absent where a provider asked for it, and after a change of the"
              + " password")),
  SESSION_REFUSED(
      "session.refused",
      "A log-in failed. The actor has the name that was entered.",
      text("method", "as of `session.started`, or `rtsp`: a token, by RTSP"),
      text("cause", "why, for instance `credentials`, `second-factor`, `throttled` or `disabled`"),
      text("account", "the id of the account with that name, where there is one")),
  SESSION_ENDED(
      "session.ended",
      "A session ended.",
      text("session", "the id of the session"),
      text("account", "the id of the session's account"),
      text("name", "the name of the session's account"),
      text("cause", "why, for instance `log-out`, `idle`, `expired`, `disabled` or `changed`")),

  ACCOUNT_ADDED(
      "account.added",
      "An account was added.",
      text("account", "the id of the account"),
      text("name", "the name of the account"),
      object("after", "the account, with its roles and their scopes")),
  ACCOUNT_CHANGED(
      "account.changed",
      "An account, its roles or their scopes were changed.",
      text("account", "the id of the account"),
      text("name", "the name of the account"),
      changes("the account")),
  ACCOUNT_PASSWORD_CHANGED(
      "account.password-changed",
      "An account got another password.",
      text("account", "the id of the account"),
      text("name", "the name of the account")),
  ACCOUNT_REMOVED(
      "account.removed",
      "An account was removed.",
      text("account", "the id of the account"),
      text("name", "the name of the account"),
      object("before", "the account, with its roles and their scopes")),

  TOKEN_CREATED(
      "token.created",
      "A token for a program was created.",
      text("token", "the id of the token"),
      text("name", "the name of the token"),
      object("after", "the token, with its roles and their scopes, without its secret")),
  TOKEN_REVOKED(
      "token.revoked",
      "A token was revoked.",
      text("token", "the id of the token"),
      text("name", "the name of the token")),
  TOKEN_USED(
      "token.used", Grouped.within(Duration.ofHours(1), "requests"), "A program used a token."),

  SECOND_FACTOR_ADDED(
      "second-factor.added",
      "An account got a second factor.",
      text("account", "the id of the account"),
      text("name", "the name of the account"),
      text("kind", "`totp` or `passkey`"),
      text("label", "the name that the person gave to the passkey")),
  SECOND_FACTOR_REMOVED(
      "second-factor.removed",
      "A second factor of an account was removed.",
      text("account", "the id of the account"),
      text("name", "the name of the account"),
      text("kind", "`totp` or `passkey`"),
      text("label", "the name that the person gave to the passkey")),
  RECOVERY_CODES_CREATED(
      "recovery-codes.created",
      "An account got new recovery codes.",
      text("account", "the id of the account"),
      text("name", "the name of the account")),
  RECOVERY_CODE_USED(
      "recovery-code.used",
      "A person logged in with a recovery code.",
      text("account", "the id of the account"),
      text("name", "the name of the account"),
      integer("left", "the number of codes that are left")),

  LIVE_VIEWED(
      "live.viewed", Grouped.LASTING, "A person or program viewed a camera's live pictures."),
  SNAPSHOT_VIEWED(
      "snapshot.viewed",
      Grouped.within(Duration.ofMinutes(5), "pictures"),
      "A person or program fetched single pictures of a camera.",
      text("picture", "`snapshot` or `heat-map`")),
  RECORDING_VIEWED(
      "recording.viewed",
      Grouped.within(Duration.ofMinutes(5), "requests"),
      "A person or program viewed recorded pictures of a camera.",
      time("from", "the begin of the recorded span"),
      time("to", "the end of the recorded span")),
  RECORDING_SEARCHED(
      "recording.searched",
      "A person or program looked for the times in which something moved in a region of a camera's"
          + " picture.",
      time("from", "the begin of the span"),
      time("to", "the end of the span"),
      text("classes", "the classes, separated by commas; absent for all")),
  RECORDING_HELD(
      "recording.held",
      "A span of a recording was kept from deletion.",
      text("hold", "the id of the hold"),
      time("since", "the begin of the span"),
      time("until", "the end of the span")),
  RECORDING_RELEASED(
      "recording.released",
      "A span of a recording may be deleted again; the reason is that of the hold.",
      text("hold", "the id of the hold"),
      time("since", "the begin of the span"),
      time("until", "the end of the span")),
  RECORDING_REINDEXED(
      "recording.reindexed",
      "The index of recordings was made equal to the files.",
      integer("added", "the number of files that it lacked"),
      integer("removed", "the number of rows that had no file"),
      integer("changed", "the number of rows that said otherwise than their files")),
  RECORDING_VERIFIED(
      "recording.verified",
      "The files of recordings were held against their index.",
      text("depth", "what was looked at: presence, size or hash"),
      integer("files", "the number of files"),
      integer("faults", "the number of faults")),
  RECORDINGS_DELETED(
      "recordings.deleted",
      "What was deleted of recordings, by their age or for want of room, or thinned to key frames,"
          + " was recorded and signed.",
      integer("record", "the number of the signed record"),
      text("sha256", "the SHA-256 of the record"),
      integer("files", "the number of files"),
      integer("bytes", "their size")),

  CASE_ASKED(
      "case.asked",
      "A person or program asked for recordings of cameras to be exported as a case.",
      text("case", "the id of the case"),
      text("title", "the title of the case"),
      text("cameras", "the ids of its cameras, with spaces between them"),
      time("from", "the begin of its span"),
      time("to", "the end of its span"),
      text("drawn", "what is drawn into the pictures: boxes, clock"),
      text("hidden", "the ids of the cameras on whose pictures something is hidden")),
  CASE_MADE(
      "case.made",
      "The node made the archive of a case.",
      text("case", "the id of the case"),
      text("title", "the title of the case"),
      integer("size", "the bytes of the archive"),
      text("sha256", "the archive's SHA-256 in hexadecimal digits")),
  CASE_FAILED(
      "case.failed",
      "The node could not make a case.",
      text("case", "the id of the case"),
      text("title", "the title of the case"),
      text("cause", "why, for instance `nothing-recorded`, `too-large` or `disk-full`")),
  CASE_DOWNLOADED(
      "case.downloaded",
      Grouped.within(Duration.ofHours(1), "requests"),
      "A person or program downloaded the archive of a case, or a part of it.",
      text("case", "the id of the case"),
      text("title", "the title of the case"),
      text("sha256", "the archive's SHA-256 in hexadecimal digits")),
  CASE_DELETED(
      "case.deleted",
      "A person or program deleted a case with its archive and its links, or ended its making.",
      text("case", "the id of the case"),
      text("title", "the title of the case"),
      text("state", "what it was, for instance `running` or `done`"),
      text("sha256", "the archive's SHA-256 in hexadecimal digits, where it had been made")),
  CASE_EXPIRED(
      "case.expired",
      "The node removed the archive of a case that was kept as long as it had to be.",
      text("case", "the id of the case"),
      text("title", "the title of the case"),
      text("sha256", "the archive's SHA-256 in hexadecimal digits")),
  CASE_LINK_MADE(
      "case.link-made",
      "A person or program made a link by which a case is downloaded without an account.",
      text("case", "the id of the case"),
      text("title", "the title of the case"),
      text("link", "the id of the link"),
      time("expires-at", "when it expires"),
      integer("downloads", "how many downloads may begin by it")),
  CASE_LINK_REVOKED(
      "case.link-revoked",
      "A person or program revoked such a link.",
      text("case", "the id of the case"),
      text("title", "the title of the case"),
      text("link", "the id of the link")),
  CASE_LINK_USED(
      "case.link-used",
      "Somebody without an account began a download by a link, whose id is the actor's name.",
      text("case", "the id of the case"),
      text("title", "the title of the case"),
      text("link", "the id of the link"),
      text("sha256", "the archive's SHA-256 in hexadecimal digits"),
      integer("left", "how many downloads may begin by it after this one")),

  REPORT_SEARCHED(
      "report.searched",
      Grouped.within(Duration.ofMinutes(5), "searches"),
      "A person or program searched reports, with the same conditions.",
      object("filter", "the conditions of the search")),
  REPORTS_EXPORTED(
      "reports.exported",
      "Reports that a search found were exported as a file.",
      object("filter", "the conditions of the search"),
      text("format", "`csv`, `xlsx` or `pdf`")),
  PLATE_TRACED(
      "plate.traced",
      "A person or program followed a plate from camera to camera.",
      text("plate", "the plate"),
      time("from", "the begin of the span"),
      time("until", "the end of the span"),
      integer("reads", "how many readings were answered")),
  SEARCH_SAVED(
      "search.saved",
      "A person gave a search a name.",
      text("name", "the name"),
      object("filter", "the conditions of the search")),
  SEARCH_REMOVED(
      "search.removed", "A person removed a search that had a name.", text("name", "the name")),
  REPORT_VIEWED(
      "report.viewed",
      Grouped.within(Duration.ofMinutes(5), "times"),
      "A person or program read a report."),
  REPORT_ACTED(
      "report.acted",
      "A step of a report's life cycle was taken.",
      text("action", "the step, such as `verify` or `assign`; docs/desk.md lists them"),
      text("before", "the state before"),
      text("after", "the state after"),
      text("agency", "the agency to which the report was assigned")),
  CLOCK_PAUSED(
      "clock.paused", "The clock of a report's deadline stands, until somebody lets it run."),
  CLOCK_RESUMED("clock.resumed", "The clock of a report's deadline runs again."),
  REPORT_MERGED(
      "report.merged",
      "A report follows another one from now on, since both are of one event.",
      text("parent", "the id of the report that it follows")),
  REPORT_SPLIT(
      "report.split",
      "A report that followed another one stands alone again.",
      text("parent", "the id of the report that it followed")),
  REPORT_COMMENTED(
      "report.commented",
      "A person or program wrote a comment on a report.",
      text("comment", "the id of the comment"),
      bool("public", "whether it may be shown to whoever reported it")),
  REPORT_ATTACHED(
      "report.attached",
      "A person or program attached a file to a report.",
      text("attachment", "the id of the attachment"),
      text("sha256", "the file's SHA-256 in hexadecimal digits"),
      bool("public", "whether it may be shown to whoever reported it")),
  ATTACHMENT_REMOVED(
      "report.attachment-removed",
      "A person or program removed a file that was attached to a report.",
      text("attachment", "the id of the attachment"),
      text("sha256", "the file's SHA-256 in hexadecimal digits"),
      bool("public", "whether it could be shown to whoever reported it")),
  RULE_MUTED(
      "rule.muted",
      "A rule of a camera was muted: its reports are rejected by the node until a moment.",
      text("rule", "the id of the rule"),
      time("until", "the moment at which the mute ends")),
  RULE_UNMUTED(
      "rule.unmuted",
      "The mute of a rule was ended before its time.",
      text("rule", "the id of the rule")),
  EVIDENCE_VIEWED(
      "evidence.viewed",
      Grouped.within(Duration.ofMinutes(5), "requests"),
      "A person or program fetched a file of a report's evidence.",
      text("file", "the name of the file"),
      text("sha256", "the file's SHA-256 in hexadecimal digits"),
      bool("masked", "true where it was shown with masks or blur")),

  CAMERA_ADDED(
      "camera.added",
      "A camera was added.",
      object("after", "the camera as the API shows it, without its credentials")),
  CAMERA_CHANGED(
      "camera.changed",
      "A camera, its rules or its scene were changed.",
      changes("the camera as the API shows it, without its credentials"),
      bool("credentials", "whether the user or password for the camera changed")),
  CAMERA_REMOVED(
      "camera.removed",
      "A camera was removed.",
      object("before", "the camera as the API shows it, without its credentials")),
  CAMERA_PAUSED(
      "camera.paused",
      "A camera was paused: it is neither connected to nor analysed.",
      time("until", "when it goes on by itself; absent where somebody has to end the pause")),
  CAMERA_RESUMED(
      "camera.resumed",
      "The pause of a camera ended.",
      text("cause", "`asked`, or `time` where the pause came to its end")),
  CAMERA_HANDED_OVER(
      "camera.handed-over",
      "The fault of a camera was handed to somebody who mends it; the reason is the note.",
      text("to", "who mends it, in words"),
      text("fault", "the code of the camera's fault; absent where it was live")),
  CAMERA_HANDOVER_ENDED(
      "camera.handover-ended",
      "The handover of a camera's fault ended.",
      text("to", "to whom it was handed"),
      text(
          "cause", "`done`, `taken-back`, or `well` where the camera was live again for a minute")),
  CAMERA_RETRIED(
      "camera.retried",
      Grouped.within(Duration.ofMinutes(1), "requests"),
      "A connection to a camera was asked for before its time."),
  CAMERA_TESTED(
      "camera.tested",
      "An address was tested as that of a camera.",
      text("address", "the address, without user and password"),
      text("outcome", "`ok`, or the code of the fault")),
  CAMERAS_IMPORTED(
      "cameras.imported",
      "Cameras were imported; each also has its own entry.",
      text("format", "`csv` or `yaml`"),
      integer("added", "the number of cameras that were added"),
      integer("changed", "the number of cameras that were changed")),
  CAMERAS_EXPORTED(
      "cameras.exported",
      "The definitions of cameras were exported, without their passwords.",
      text("format", "`csv` or `yaml`"),
      integer("cameras", "the number of cameras")),
  RULE_TRIED(
      "rule.tried",
      Grouped.within(Duration.ofMinutes(5), "trials"),
      "A rule was tried on a camera's kept observations.",
      text("type", "the type of the rule")),
  CAMERA_MOVED(
      "camera.moved",
      Grouped.within(Duration.ofMinutes(1), "commands"),
      "A camera was told to move (pan, tilt, zoom).",
      text("command", "`move`, `preset` or `stop`"),
      text("preset", "the preset to which the camera was told to go")),
  SIGNAL_TOLD(
      "signal.told",
      Grouped.within(Duration.ofMinutes(5), "messages"),
      "The state of a traffic signal was reported to the node.",
      text("signal", "the name of the signal"),
      text("state", "the reported state")),
  HEAT_MAP_FORGOTTEN("heat-map.forgotten", "The heat map of a camera was cleared."),
  DISCOVERY_ASKED(
      "discovery.asked",
      "Cameras were searched in the network, or asked for their addresses.",
      text("address", "the address of the camera that was asked; absent for a search")),

  AREA_CHANGED(
      "area.changed",
      "An area was added, changed or removed.",
      text("area", "the id of the area"),
      changes("the area")),
  SETTING_CHANGED(
      "setting.changed",
      "A setting of the node was changed.",
      text("setting", "the name of the setting"),
      changes("the setting")),
  ACCESS_REFUSED(
      "access.refused",
      Grouped.within(Duration.ofMinutes(5), "refusals"),
      "A request of a person or program was refused for want of a right, or because another site's"
          + " page may have sent it.",
      text("operation", "the operation of the API"),
      text("permission", "the permission that is needed"),
      integer("status", "403, or 404 where what was asked for is hidden from the actor"),
      bool("further", "true where many objects were refused to the actor, and are not named")),

  AUDIT_READ(
      "audit.read",
      "A person or program read the audit.",
      object("filter", "the conditions of the search"),
      integer("found", "the number of entries in the answer")),
  AUDIT_EXPORTED(
      "audit.exported",
      "The audit was exported.",
      text("format", "`jsonl` or `csv`"),
      time("since", "the begin of the exported span"),
      time("until", "the end of the exported span")),
  AUDIT_VERIFIED(
      "audit.verified",
      "The chain of the audit was verified.",
      bool("whole", "whether the chain is whole"),
      integer("entries", "the number of verified entries"),
      text("fault", "what is wrong")),
  AUDIT_CHECKPOINT(
      "audit.checkpoint",
      "The oldest entries were removed, because the time for which they are kept was over.",
      integer("through", "the number of the last removed entry"),
      text("hash", "the hash of the last removed entry"),
      integer("removed", "the number of removed entries"),
      time("before", "the time before which entries were removed")),

  LAYOUT_SAVED(
      "layout.saved",
      "A layout of the wall was saved.",
      text("layout", "the id of the layout"),
      text("name", "the name of the layout"),
      bool("shared", "whether others may choose it"),
      text("tiles", "the number of tiles, or `large`")),
  LAYOUT_REMOVED(
      "layout.removed",
      "A layout of the wall was removed.",
      text("layout", "the id of the layout"),
      text("name", "the name of the layout"),
      bool("shared", "whether others could choose it")),
  WEBHOOK_TESTED(
      "webhook.tested",
      "An event that only tests was sent to an endpoint.",
      text("endpoint", "the scheme, host and port of the endpoint"),
      text("outcome", "`ok`, or why it was not delivered")),
  MAIL_PASSWORD_CHANGED(
      "mail.password-changed",
      "The password for the mail server was set or removed.",
      bool("set", "whether there is one now")),
  MAIL_TESTED(
      "mail.tested",
      "An e-mail that only tests was sent by the mail server.",
      text("server", "the host and port of the server"),
      text("outcome", "`ok`, or why it was not accepted")),
  MESSAGES_REPLAYED(
      "messages.replayed",
      "Messages to people that were given up wait for delivery again.",
      text("message", "the id of the only message; absent where it was all"),
      integer("messages", "how many, of all people and channels")),
  MESSAGES_CHOSEN(
      "messages.chosen",
      "A person changed how messages reach the person.",
      changes("what the person chose")),
  EMAIL_CONFIRMED("email.confirmed", "A person confirmed the e-mail address to which messages go."),
  EMAIL_REMOVED("email.removed", "A person removed the e-mail address to which messages went."),
  BROWSER_SUBSCRIBED(
      "browser.subscribed",
      "A person's browser takes messages.",
      text("browser", "the id of the browser in the list of browsers")),
  BROWSER_UNSUBSCRIBED(
      "browser.unsubscribed",
      "A person's browser takes messages no more.",
      text("browser", "the id of the browser in the list of browsers")),
  WEBHOOK_REPLAYED(
      "webhook.replayed",
      "Dead letters of an endpoint wait for delivery again.",
      text("endpoint", "the scheme, host and port of the endpoint"),
      text("event", "the id of the only event; absent where it was all"),
      integer("events", "the number of events")),

  BACKUP_MADE(
      "backup.made",
      "A backup was made.",
      text("file", "the name of the backup"),
      text("sha256", "the backup's SHA-256 in hexadecimal digits")),
  BACKUP_RESTORED(
      "backup.restored",
      "The data of a backup replaced those of the node.",
      text("file", "the name of the backup"),
      time("made", "the time at which the backup was made")),
  NODE_STARTED("node.started", "The node started."),
  NODE_STOPPED("node.stopped", "The node stopped in order.");

  private static final Map<String, AuditEventType> BY_WIRE =
      Stream.of(values()).collect(Collectors.toMap(AuditEventType::wire, Function.identity()));

  private final String wire;
  private final String meaning;
  private final @Nullable Grouped grouped;
  private final List<Detail> details;

  AuditEventType(String wire, String meaning, Detail... details) {
    this.wire = wire;
    this.meaning = meaning;
    this.grouped = null;
    this.details = List.of(details);
  }

  AuditEventType(String wire, Grouped grouped, String meaning, Detail... details) {
    this.wire = wire;
    this.meaning = meaning;
    this.grouped = grouped;
    this.details = Stream.concat(Stream.of(details), grouped.details().stream()).toList();
  }

  /** Returns the type's name in entries, such as {@code session.started}. */
  public String wire() {
    return wire;
  }

  /** Returns the type with a name; empty when there is none. */
  public static Optional<AuditEventType> of(String wire) {
    return Optional.ofNullable(BY_WIRE.get(wire));
  }

  /** Returns what an event of this type says, in a sentence. */
  String meaning() {
    return meaning;
  }

  /** Returns the details that an event of this type may have. */
  List<Detail> details() {
    return details;
  }

  /** Returns how events of this type are grouped into entries; empty when each has its own. */
  Optional<Grouped> grouped() {
    return Optional.ofNullable(grouped);
  }

  /**
   * Returns the detail with a name.
   *
   * @throws IllegalArgumentException when the type declares none with that name
   */
  Detail detail(String name) {
    return details.stream()
        .filter(detail -> detail.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "events of type %s have no detail '%s'; AuditEventType declares them"
                        .formatted(wire, name)));
  }
}
