package io.kydai.ingest.onvif.soap;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class XmlReaderTest {
  @TempDir Path folder;

  private static XmlElement read(String xml) throws MalformedXmlException {
    return XmlReader.read(xml.getBytes(UTF_8));
  }

  private static void refused(String xml, String why) {
    assertThatThrownBy(() -> read(xml))
        .isInstanceOf(MalformedXmlException.class)
        .hasMessageContaining(why);
  }

  @Test
  void anExternalEntityIsNotFetched() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "s3cret");

    refused("<!DOCTYPE a [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]><a>&x;</a>", "DOCTYPE");
    refused("<!DOCTYPE a SYSTEM \"" + secret.toUri() + "\"><a/>", "DOCTYPE");
    refused("<!DOCTYPE a [<!ENTITY % x SYSTEM \"" + secret.toUri() + "\">%x;]><a/>", "");
  }

  @Test
  void aBillionLaughsAreNotLaughed() {
    StringBuilder xml = new StringBuilder("<!DOCTYPE l [<!ENTITY l0 \"lol\">");
    for (int i = 1; i < 12; i++) {
      xml.append("<!ENTITY l").append(i).append(" \"");
      xml.append(("&l" + (i - 1) + ";").repeat(10)).append("\">");
    }
    refused(xml.append("]><l>&l11;</l>").toString(), "DOCTYPE");
  }

  @Test
  void anEntityThatNobodyDeclaredIsRefused() {
    refused("<a>&whatever;</a>", "sends XML");
  }

  @Test
  void xmlsOwnEntitiesAndCharacterReferencesAreText() throws Exception {
    assertThat(read("<a b='&quot;&#65;'>&lt;x&amp;y&#x1EBF;<![CDATA[<&]]></a>"))
        .satisfies(
            a -> {
              assertThat(a.text()).isEqualTo("<x&yế<&");
              assertThat(a.attribute("b")).contains("\"A");
            });
  }

  @Test
  void whatIsTooDeepTooManyOrTooLongIsRefused() throws Exception {
    assertThat(read("<a>".repeat(48) + "</a>".repeat(48)).name()).isEqualTo("a");
    refused("<a>".repeat(49) + "</a>".repeat(49), "too deep");
    refused("<a>".repeat(100_000), "too deep");
    refused("<a>" + "<b/>".repeat(20_000) + "</a>", "too many elements");
    refused("<a>" + "x".repeat(32_769) + "</a>", "too long");
    refused("<a b='" + "x".repeat(32_769) + "'/>", "too long");
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < 33; i++) {
      attributes.append(" a").append(i).append("='1'");
    }
    refused("<a" + attributes + "/>", "attributes");
    refused("<a>" + "<b>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</b>".repeat(20_000), "512 KiB");
  }

  @Test
  void prefixesAreTheMakersOwnAndMayBeUndeclared() throws Exception {
    XmlElement root = read("<x:A xmlns:x='urn:x' xmlns='urn:d'><B><y:C t:k='v'>1</y:C></B></x:A>");

    assertThat(root.namespace()).isEqualTo("urn:x");
    assertThat(root.at("B").orElseThrow().namespace()).isEqualTo("urn:d");
    assertThat(root.textAt("B", "C")).contains("1");
    assertThat(root.find("C").orElseThrow().attribute("k")).contains("v");
  }

  @Test
  void paddingBeforeAndAfterTheDocumentIsLeftOut() throws Exception {
    assertThat(read("\r\n \uFEFF<?xml version='1.0'?><a>1</a>\0\0garbage <").text()).isEqualTo("1");
    assertThat(XmlReader.read("<?xml version='1.0'?><a>ế</a>".getBytes(UTF_16)).text())
        .isEqualTo("ế");
  }

  @Test
  void whatIsSentBackMeansTheSame() throws Exception {
    XmlElement given =
        read("<r xmlns:q='urn:q'><q:Id k='&lt;\"'>7 &amp; 8<q:Sub/></q:Id></r>")
            .at("Id")
            .orElseThrow();

    XmlElement again = read(given.markup());

    assertThat(again).isEqualTo(given);
  }

  @Test
  void everyPrefixOfAnAnswerIsAnAnswerOrRefused() {
    byte[] whole =
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\"urn:s\"><s:Body>"
                + "<n:R xmlns:n='urn:n'><n:X a=\"b\">&amp;<![CDATA[c]]><!-- d --></n:X></n:R>"
                + "</s:Body></s:Envelope>")
            .getBytes(UTF_8);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> XmlReader.read(part))
          .as("the first %d bytes", length)
          .isInstanceOf(MalformedXmlException.class);
    }
  }

  @Test
  void everyCorruptedByteIsReadOrRefused() {
    byte[] whole =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:A xmlns:s=\"u\"><s:B c='d'>&lt;</s:B></s:A>"
            .getBytes(UTF_8);
    for (int at = 0; at < whole.length; at++) {
      for (char value : "\0<>&\"' :/!x\u00FF".toCharArray()) {
        byte[] bad = whole.clone();
        bad[at] = (byte) value;
        try {
          assertThat(XmlReader.read(bad)).isNotNull();
        } catch (MalformedXmlException e) {
          assertThat(e).hasMessageContaining("sends");
        }
      }
    }
  }
}
