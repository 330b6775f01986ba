package io.kydai.ingest.simulator.onvif;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the bodies of responses by the schemas of the ONVIF specifications, in the templates'
 * prefixes ({@link XmlStyle}).
 */
final class SoapResponses {
  private SoapResponses() {}

  static String time(Instant now) {
    OffsetDateTime utc = now.atOffset(ZoneOffset.UTC);
    return """
        <tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime>\
        <tt:DateTimeType>Manual</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings>\
        <tt:TimeZone><tt:TZ>ICT-7</tt:TZ></tt:TimeZone>\
        <tt:UTCDateTime><tt:Time><tt:Hour>%d</tt:Hour><tt:Minute>%d</tt:Minute>\
        <tt:Second>%d</tt:Second></tt:Time><tt:Date><tt:Year>%d</tt:Year>\
        <tt:Month>%d</tt:Month><tt:Day>%d</tt:Day></tt:Date></tt:UTCDateTime>\
        </tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>"""
        .formatted(
            utc.getHour(),
            utc.getMinute(),
            utc.getSecond(),
            utc.getYear(),
            utc.getMonthValue(),
            utc.getDayOfMonth());
  }

  static String information(String model) {
    return """
        <tds:GetDeviceInformationResponse><tds:Manufacturer>Kydai</tds:Manufacturer>\
        <tds:Model>%s</tds:Model><tds:FirmwareVersion>1.0</tds:FirmwareVersion>\
        <tds:SerialNumber>0001</tds:SerialNumber><tds:HardwareId>sim</tds:HardwareId>\
        </tds:GetDeviceInformationResponse>"""
        .formatted(model);
  }

  /**
   * Returns the response to GetServices.
   *
   * @param services the services' addresses by the prefixes of their namespaces
   */
  static String services(Map<String, String> services) {
    return services.entrySet().stream()
        .map(
            one ->
                """
                <tds:Service><tds:Namespace>%s</tds:Namespace><tds:XAddr>%s</tds:XAddr>\
                <tds:Version><tt:Major>2</tt:Major><tt:Minor>60</tt:Minor></tds:Version>\
                </tds:Service>"""
                    .formatted(XmlStyle.NAMESPACES.get(one.getKey()), one.getValue()))
        .collect(Collectors.joining("", "<tds:GetServicesResponse>", "</tds:GetServicesResponse>"));
  }

  static String capabilities(Map<String, String> services) {
    Map<String, String> names =
        Map.of("tds", "Device", "tev", "Events", "trt", "Media", "tptz", "PTZ");
    return List.of("tds", "tev", "trt", "tptz").stream()
        .filter(services::containsKey)
        .map(
            key ->
                "<tt:%s><tt:XAddr>%s</tt:XAddr></tt:%s>"
                    .formatted(names.get(key), services.get(key), names.get(key)))
        .collect(
            Collectors.joining(
                "",
                "<tds:GetCapabilitiesResponse><tds:Capabilities>",
                "</tds:Capabilities></tds:GetCapabilitiesResponse>"));
  }

  static String videoSources() {
    return """
        <trt:GetVideoSourcesResponse><trt:VideoSources token="v0"><tt:Framerate>25\
        </tt:Framerate><tt:Resolution><tt:Width>1920</tt:Width><tt:Height>1080</tt:Height>\
        </tt:Resolution></trt:VideoSources></trt:GetVideoSourcesResponse>""";
  }

  static String profiles(List<SimulatedProfile> profiles, boolean movable) {
    return profiles.stream()
        .filter(profile -> !profile.encoding().equals("H265"))
        .map(
            one ->
                """
                <trt:Profiles token="%s" fixed="true"><tt:Name>%s</tt:Name>\
                <tt:VideoSourceConfiguration token="vs0"><tt:Name>vs</tt:Name>\
                <tt:UseCount>2</tt:UseCount><tt:SourceToken>v0</tt:SourceToken>\
                <tt:Bounds x="0" y="0" width="1920" height="1080"/>\
                </tt:VideoSourceConfiguration>\
                <tt:VideoEncoderConfiguration token="ve-%s"><tt:Name>ve</tt:Name>\
                <tt:UseCount>1</tt:UseCount><tt:Encoding>%s</tt:Encoding><tt:Resolution>\
                <tt:Width>%d</tt:Width><tt:Height>%d</tt:Height></tt:Resolution>\
                <tt:Quality>4</tt:Quality><tt:RateControl><tt:FrameRateLimit>%d\
                </tt:FrameRateLimit><tt:EncodingInterval>1</tt:EncodingInterval>\
                <tt:BitrateLimit>2048</tt:BitrateLimit></tt:RateControl><tt:Multicast>\
                <tt:Address><tt:Type>IPv4</tt:Type><tt:IPv4Address>0.0.0.0</tt:IPv4Address>\
                </tt:Address><tt:Port>0</tt:Port><tt:TTL>1</tt:TTL><tt:AutoStart>false\
                </tt:AutoStart></tt:Multicast><tt:SessionTimeout>PT60S</tt:SessionTimeout>\
                </tt:VideoEncoderConfiguration>%s</trt:Profiles>"""
                    .formatted(
                        one.token(),
                        one.name(),
                        one.token(),
                        one.encoding(),
                        one.width(),
                        one.height(),
                        one.fps(),
                        movable
                            ? "<tt:PTZConfiguration token=\"ptz0\"><tt:Name>ptz</tt:Name>"
                                + "<tt:UseCount>1</tt:UseCount><tt:NodeToken>n0</tt:NodeToken>"
                                + "</tt:PTZConfiguration>"
                            : ""))
        .collect(Collectors.joining("", "<trt:GetProfilesResponse>", "</trt:GetProfilesResponse>"));
  }

  static String profiles2(List<SimulatedProfile> profiles, boolean movable) {
    return profiles.stream()
        .map(
            one ->
                """
                <tr2:Profiles token="%s" fixed="true"><tr2:Name>%s</tr2:Name>\
                <tr2:Configurations><tr2:VideoEncoder token="ve-%s" GovLength="50">\
                <tt:Name>ve</tt:Name><tt:UseCount>1</tt:UseCount><tt:Encoding>%s</tt:Encoding>\
                <tt:Resolution><tt:Width>%d</tt:Width><tt:Height>%d</tt:Height></tt:Resolution>\
                <tt:RateControl ConstantBitRate="false"><tt:FrameRateLimit>%d.0\
                </tt:FrameRateLimit><tt:BitrateLimit>2048</tt:BitrateLimit></tt:RateControl>\
                <tt:Quality>4</tt:Quality></tr2:VideoEncoder>%s</tr2:Configurations>\
                </tr2:Profiles>"""
                    .formatted(
                        one.token(),
                        one.name(),
                        one.token(),
                        one.encoding(),
                        one.width(),
                        one.height(),
                        one.fps(),
                        movable
                            ? "<tr2:PTZ token=\"ptz0\"><tt:Name>ptz</tt:Name>"
                                + "<tt:UseCount>1</tt:UseCount><tt:NodeToken>n0</tt:NodeToken>"
                                + "</tr2:PTZ>"
                            : ""))
        .collect(Collectors.joining("", "<tr2:GetProfilesResponse>", "</tr2:GetProfilesResponse>"));
  }

  static String mediaUri(String operation, String uri) {
    return """
        <trt:%sResponse><trt:MediaUri><tt:Uri>%s</tt:Uri>\
        <tt:InvalidAfterConnect>false</tt:InvalidAfterConnect>\
        <tt:InvalidAfterReboot>false</tt:InvalidAfterReboot><tt:Timeout>PT0S</tt:Timeout>\
        </trt:MediaUri></trt:%sResponse>"""
        .formatted(operation, escaped(uri), operation);
  }

  static String uri2(String operation, String uri) {
    return "<tr2:%sResponse><tr2:Uri>%s</tr2:Uri></tr2:%sResponse>"
        .formatted(operation, escaped(uri), operation);
  }

  static String subscription(String address, Instant now) {
    return """
        <tev:CreatePullPointSubscriptionResponse><tev:SubscriptionReference>\
        <wsa:Address>%s</wsa:Address><wsa:ReferenceParameters>\
        <x:SubscriptionId xmlns:x="urn:kydai:simulator">7</x:SubscriptionId>\
        </wsa:ReferenceParameters></tev:SubscriptionReference>\
        <wsnt:CurrentTime>%s</wsnt:CurrentTime>\
        <wsnt:TerminationTime>%s</wsnt:TerminationTime>\
        </tev:CreatePullPointSubscriptionResponse>"""
        .formatted(address, now, now.plusSeconds(60));
  }

  static String notification(String topic, Instant time, String item, boolean value) {
    return """
        <wsnt:NotificationMessage><wsnt:Topic \
        Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">%s</wsnt:Topic>\
        <wsnt:Message><tt:Message UtcTime="%s" PropertyOperation="Changed"><tt:Source>\
        <tt:SimpleItem Name="VideoSourceConfigurationToken" Value="vs0"/></tt:Source><tt:Data>\
        <tt:SimpleItem Name="%s" Value="%s"/></tt:Data></tt:Message></wsnt:Message>\
        </wsnt:NotificationMessage>"""
        .formatted(topic, time, item, value);
  }

  static String messages(List<String> notifications, Instant now) {
    return "<tev:PullMessagesResponse><tev:CurrentTime>%s</tev:CurrentTime>".formatted(now)
        + "<tev:TerminationTime>%s</tev:TerminationTime>".formatted(now.plusSeconds(60))
        + String.join("", notifications)
        + "</tev:PullMessagesResponse>";
  }

  static String presets(Map<String, String> presets) {
    return presets.entrySet().stream()
        .map(
            one ->
                "<tptz:Preset token=\"%s\"><tt:Name>%s</tt:Name></tptz:Preset>"
                    .formatted(escaped(one.getKey()), escaped(one.getValue())))
        .collect(Collectors.joining("", "<tptz:GetPresetsResponse>", "</tptz:GetPresetsResponse>"));
  }

  static String fault(String code, String subcode, String reason) {
    return """
        <s:Fault><s:Code><s:Value>%s</s:Value><s:Subcode><s:Value>%s</s:Value></s:Subcode>\
        </s:Code><s:Reason><s:Text xml:lang="en">%s</s:Text></s:Reason></s:Fault>"""
        .formatted(code, subcode, reason);
  }

  static String matches(String endpoint, String types, String scopes, String addresses) {
    return """
        <d:ProbeMatches><d:ProbeMatch><a:EndpointReference><a:Address>%s</a:Address>\
        </a:EndpointReference><d:Types>%s</d:Types><d:Scopes>%s</d:Scopes>\
        <d:XAddrs>%s</d:XAddrs><d:MetadataVersion>1</d:MetadataVersion></d:ProbeMatch>\
        </d:ProbeMatches>"""
        .formatted(endpoint, types, scopes, addresses);
  }

  /** Returns a text with the characters escaped that XML does not allow in text and attributes. */
  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
