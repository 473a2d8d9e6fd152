"""Addresses of networks, machines and mailboxes in lines of logs, and what is written like them."""

import pytest

from scanner.model import Kind

LINES = [
    # addresses of networks
    ("IP_ADDRESS", "src: /10.251.73.220:42557 dest: /10.251.73.220:50010", "10.251.73.220"),
    ("IP_ADDRESS", "connect to server: MSN-1.west.corp.acme.com/62.1.2.3:9000", "62.1.2.3"),
    ("IP_ADDRESS", "HIER_DIRECT/93.184.216.34 -", "93.184.216.34"),
    ("IP_ADDRESS", 'RemoteAddress="IPV4/UDP/62.4.5.6/5060"', "62.4.5.6"),
    ("IP_ADDRESS", "openvpn[1]: anna/62.4.5.6:1194 MULTI: Learn", "62.4.5.6"),
    ("IP_ADDRESS", "ARP, Reply 5.6.7.8 is-at 08:00:27:11:22:33", "5.6.7.8"),
    ("IP_ADDRESS", "using DNS server 1.2.3.4.", "1.2.3.4"),
    ("IP_ADDRESS", "built for outside:62.4.5.6/22 (62.4.5.6/22)", "62.4.5.6/22"),
    ("IP_ADDRESS", "Source Network Address: ::ffff:62.4.5.6 Port", "::ffff:62.4.5.6"),
    ("IP_ADDRESS", "update from 192.168.4.5", "192.168.4.5"),
    ("IP_ADDRESS", "listening on [fe80::a00:27ff:fe4e:66a1%2]:123", "fe80::a00:27ff:fe4e:66a1%2"),
    ("IP_ADDRESS", "client: ::1, server: _", "::1"),
    ("IP_ADDRESS", "call of the api 10.96.0.1 failed", "10.96.0.1"),
    ("IP_ADDRESS", "lease for ip-9.8.7.6 ended", "9.8.7.6"),
    # addresses of machines
    ("MAC_ADDRESS", "DHCPACK to 3C:22:FB:0A:1B:2C via eth0", "3C:22:FB:0A:1B:2C"),
    ("MAC_ADDRESS", 'Calling-Station-Id = "3C-22-FB-0A-1B-2C:eduroam"', "3C-22-FB-0A-1B-2C"),
    ("MAC_ADDRESS", "Host 0024.c4a1.b2c3 in vlan 20 is flapping", "0024.c4a1.b2c3"),
    ("MAC_ADDRESS", "from client wlc port 13 cli 091a-4eba-b263)", "091a-4eba-b263"),
    ("MAC_ADDRESS", "station=DC37EECC977D rssi=-61", "DC37EECC977D"),
    ("MAC_ADDRESS", '"client_mac": "dc37eecc977d"', "dc37eecc977d"),
    ("MAC_ADDRESS", "srcmac=dc37ee-cc977d", "dc37ee-cc977d"),
    ("MAC_ADDRESS", "? (10.0.0.4) at 0:1b:63:4:ab:cd on en0", "0:1b:63:4:ab:cd"),
    ("MAC_ADDRESS", "cid=[01:3c:22:fb:0a:1b:2c], tid=0x1", "3c:22:fb:0a:1b:2c"),
    ("MAC_ADDRESS", "DUID 00:01:00:01:1a:2b:3c:4d:3c:22:fb:0a:1b:2c", "3c:22:fb:0a:1b:2c"),
    ("MAC_ADDRESS", "/org/bluez/hci0/dev_AC_DE_48_00_11_22: gone", "AC_DE_48_00_11_22"),
    ("MAC_ADDRESS", "10,03/01/24,12:00:01,Assign,10.0.0.9,pc,3C22FB0A1B2C,,1", "3C22FB0A1B2C"),
    ("MAC_ADDRESS", "MAC=3c:22:fb:0a:1b:2c:00:1b:21:0a:0b:0c:86:dd SRC=", "00:1b:21:0a:0b:0c"),
    ("MAC_ADDRESS", "hdr 3c:22:fb:0a:1b:2c:00:1b:21:0a:0b:0c:08:00", "00:1b:21:0a:0b:0c"),
    # mailboxes
    ("EMAIL_ADDRESS", "from=<kim@host.domain>, size=9", "kim@host.domain"),
    ("EMAIL_ADDRESS", "-> <kim@mx1.corpnet> queued", "kim@mx1.corpnet"),
    ("EMAIL_ADDRESS", "sasl_username=jo@nhs.uk", "jo@nhs.uk"),
    ("EMAIL_ADDRESS", "From: <sip:bob@pbx.acme.com>;tag=1", "bob@pbx.acme.com"),
    ("EMAIL_ADDRESS", "GET /reset?email=a.b@acme.fr&x=1", "a.b@acme.fr"),
    ("EMAIL_ADDRESS", "https://shop.acme.fr?email=a.b@acme.fr", "a.b@acme.fr"),
    ("EMAIL_ADDRESS", "Author <jane@github.com>: fix", "jane@github.com"),
    ("EMAIL_ADDRESS", "id=jane.roe@acme.fr ok", "jane.roe@acme.fr"),
]
NEAR_MISSES = [
    ("IP_ADDRESS", "Mozilla/5.0 (X11; en-US; rv:1.9.0.19) Gecko"),
    ("IP_ADDRESS", '{"app_version":"6.3.19.30"}'),
    ("IP_ADDRESS", "<version>6.3.19.30</version>"),
    ("IP_ADDRESS", "OPR/12.1.0.5 Presto"),
    ("IP_ADDRESS", "GET /download/1.2.3.4/setup.exe"),
    ("IP_ADDRESS", "POST /api/v1.2.3.4/items"),
    ("IP_ADDRESS", "https://www.acme.com/1.2.3.4/setup.exe"),
    ("IP_ADDRESS", "+NET+CLR+2.0.50727;+Zune+4.7.1.2)"),
    ("IP_ADDRESS", "Updated: openssl-1.0.2.11-16.el7.x86_64"),
    ("IP_ADDRESS", "Loaded Stack v6.1.1.5 with winsxs_31bf3856ad364e35_6.1.1.5_none"),
    ("IP_ADDRESS", "package amd64~~6.1.1.2, state 112"),
    ("IP_ADDRESS", "driver 10.1.2.7 loaded"),
    ("IP_ADDRESS", "patch 4.3.2.1 applied"),
    ("IP_ADDRESS", "see section 4.2.1.3 of the contract"),
    ("IP_ADDRESS", "upgraded from 9.4.1.2 to 9.4.2.1"),
    ("IP_ADDRESS", "oid 1.3.6.1.4.1.9.9.43"),
    ("IP_ADDRESS", "Server listening on :: port 22."),
    ("IP_ADDRESS", "Foo::Bar::Face and std::add::bad"),
    ("IP_ADDRESS", "WWN 50:06:01:60:3b:a0:1f:6e PQ: 0"),
    ("IP_ADDRESS", "pci 0000:00:1f.2 and window 10:20:30 - 11:22:33"),
    ("IP_ADDRESS", "light 00:17:88:01:00:bd:c7:b9-0b on"),
    ("MAC_ADDRESS", "fingerprint 43:51:43:a1:b5:fc:8b:b7:0a:3a:a9:b1:0f:66:73:a8"),
    ("MAC_ADDRESS", "buffer: 00:11:22:33:44:55:66:77:88:99"),
    ("MAC_ADDRESS", "GUID 30:31:32:33:34:35:36:37:38:39:3a:3b:3c:3d:3e:3f"),
    ("MAC_ADDRESS", "serial 03:A1:B2:C3:D4:E5:F6"),
    ("MAC_ADDRESS", "card 1234.5678.9012.3456 and 1234.5678.9012 points"),
    ("MAC_ADDRESS", "trap .1.3.6.1.4.1.9999.1234.5678.90ab"),
    ("MAC_ADDRESS", "hmac=0123456789ab commit 0123456789ab"),
    ("MAC_ADDRESS", "MAC=ff:ff:ff:ff:ff:ff"),
    ("MAC_ADDRESS", "order 2023-0047-1111 key ab12-cd34-ef56"),
    ("MAC_ADDRESS", "AppEUI=70-B3-D5-7E-D0-00-12-34 joined"),
    ("EMAIL_ADDRESS", "cipher: aes128-gcm@openssh.com"),
    ("EMAIL_ADDRESS", "cleanup[1]: 4F2C: message-id=<20230412103059.4D5E21C0F@mail.acme.com>"),
    ("EMAIL_ADDRESS", "msgid=<CAFx_7Y@mail.gmail.com>, proto=ESMTP"),
    ("EMAIL_ADDRESS", "P=esmtps S=4711 id=CAFlenTFpLjZjIfMJoExJ@mail.gmail.com"),
    ("EMAIL_ADDRESS", "Message-ID: <7f3c@acme.fr>"),
    ("EMAIL_ADDRESS", "user@1000.service and getty@tty1.target"),
    ("EMAIL_ADDRESS", "clone git@github.com:acme/app.git"),
    ("EMAIL_ADDRESS", "fetched https://ci-bot:9f8e7d6c@git.acme.com/repo.git"),
    ("EMAIL_ADDRESS", "etypes, host/db1.acme.com@ACME.COM"),
    ("EMAIL_ADDRESS", "Account Name: PC-9$@ACME.COM"),
    ("EMAIL_ADDRESS", "icon@2x.png react@17.0.2 Order@1a2b3c"),
]


@pytest.mark.parametrize(("entity", "line", "part"), LINES)
def test_found_in_a_line(found, entity, line, part):
    hits = found(line, name="message", kind=Kind.MESSAGE)
    assert (entity, part) in hits, hits


@pytest.mark.parametrize(("entity", "line"), NEAR_MISSES)
def test_look_alike_in_a_line(found, entity, line):
    hits = found(line, name="message", kind=Kind.MESSAGE)
    assert entity not in {kind for kind, _ in hits}, hits


def test_both_addresses_of_an_ethernet_header_are_found(found):
    line = "MAC=3c:22:fb:0a:1b:2c:00:1b:21:0a:0b:0c:08:00 SRC="
    macs = {text for kind, text in found(line, kind=Kind.MESSAGE) if kind == "MAC_ADDRESS"}
    assert macs == {"3c:22:fb:0a:1b:2c", "00:1b:21:0a:0b:0c"}
