package io.kydai.console.http;

import io.kydai.analytics.alert.AlertId;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.cases.Cases;
import io.kydai.console.discovery.OnvifCameras;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.desk.Desk;
import io.kydai.console.http.api.live.WebRtc;
import io.kydai.console.http.api.people.Identity;
import io.kydai.console.http.api.site.Health;
import io.kydai.console.http.api.site.Site;
import io.kydai.console.http.push.EventSockets;
import io.kydai.console.messages.Messages;
import io.kydai.console.recordings.RecordingLibrary;
import io.kydai.console.webhooks.Webhooks;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What the HTTP server serves. All of it is owned, and closed after the server, by the caller.
 *
 * @param desk the report queue and what stands around it
 * @param messages what people are told, and how they want it
 * @param evidence the path of a file of evidence, by alert and name
 * @param recordings what was recorded
 * @param cases what is exported of it
 * @param identity who may log in and do what
 * @param audit records what is viewed and done
 * @param webRtc sends live pictures by WebRTC, where that is on
 * @param site the statistics, the map and the site's settings
 */
public record Backend(
    Cameras cameras,
    OnvifCameras finder,
    Desk desk,
    Webhooks webhooks,
    Messages messages,
    BiFunction<AlertId, String, Optional<Path>> evidence,
    RecordingLibrary recordings,
    Cases cases,
    EventSockets events,
    Identity identity,
    AuditGroups audit,
    WebRtc webRtc,
    Site site,
    Health health,
    PrometheusMeterRegistry metrics) {}
