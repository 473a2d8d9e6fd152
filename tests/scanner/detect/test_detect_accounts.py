"""User and host names in lines of logs, and words that stand where they do."""

import pytest

from scanner.model import Kind

USERS = [
    ("Failed password for invalid user anna.b from 10.0.0.1 port 22 ssh2", "anna.b"),
    ("Connection closed by authenticating user anna 62.4.5.6 port 22 [preauth]", "anna"),
    ("maximum authentication attempts exceeded for anna from 62.4.5.6 port 9", "anna"),
    ("Disconnected from invalid user anna 2a02::1 port 9", "anna"),
    ("Started Session 9 of User anna.", "anna"),
    ("sudo:   anna : TTY=pts/0 ; PWD=/home ; USER=root ; COMMAND=/bin/ls", "anna"),
    ("useradd[9]: new user: name=anna, UID=1001, GID=1001", "anna"),
    ("CRON[12]: (anna) CMD (/usr/bin/php)", "anna"),
    ("imap(anna)<8660><pUGN>: Disconnected", "anna"),
    ("user=<anna>, method=PLAIN, rip=10.0.0.1", "anna"),
    ("pickup[1]: 4F2C: uid=1001 from=<anna>", "anna"),
    ("set_id=anna)", "anna"),
    ("Login OK: [anna/<via Auth-Type = eap>] (from client ap", "anna"),
    ("Login failed: anna (Remote IP: 62.4.5.6)", "anna"),
    ("User <anna> IP <62.4.5.6> session", "anna"),
    ("Login Success [user: anna] [Source: 62.4.5.6]", "anna"),
    ("server = 10.0.0.2 : user = anna", "anna"),
    ("AH01617: user anna: authentication failure for", "anna"),
    ('62.4.5.6 - anna [10/Mar/2020:10:11:12 +0000] "GET / HTTP/1.1" 200 1', "anna"),
    ("CONNECT acme.com:443 anna HIER_DIRECT/62.4.5.6 -", "anna"),
    ("Access denied for user 'anna'@'10.0.0.1' (using", "anna"),
    ("[4411] anna@crm FATAL:  password authentication failed", "anna"),
    ("authentication failed for anna on admin from client 10.0.0.1", "anna"),
    ("openvpn[1]: anna/62.4.5.6:1194 MULTI: Learn", "anna"),
    ("Failed authentication attempt for anna from 62.4.5.6", "anna"),
    ("EAP identity 'anna'", "anna"),
    ("Account Name: anna Account Domain: ACME", "anna"),
    ("user [CORP]\\[anna] at [Tue", "anna"),
    ("USER anna: no such user found from", "anna"),
    ('BIND dn="uid=anna,ou=people,dc=acme" method', "anna"),
    ('{"userName":"anna"}', "anna"),
    ("Postponed publickey for anna from 62.4.5.6 port 9 ssh2", "anna"),
    ("Invalid login as anna from 62.4.5.6", "anna"),
    ("Login attempt failed for anna.", "anna"),
    ("User anna from host.isp.net not allowed because not listed", "anna"),
    ("FAILED LOGIN 2 FROM tty1 FOR anna, Authentication failure", "anna"),
    ("[anna] FAIL LOGIN: Client", "anna"),
    ("FAILED SU (to root) anna on pts/1", "anna"),
    ("session opened for user root(uid=0) by anna(uid=1000)", "anna"),
    ("Try again. IP: 62.4.5.6. Username: anna.", "anna"),
    ('{"TargetUserName": "anna"}', "anna"),
]
NO_USERS = [
    "pam_unix(login:auth): check pass; user unknown",
    "Account Name: PC-9$ Account Domain: ACME",
    "authentication succeeded for username from the peer",
    "connect to server: a.west.corp.acme.com/62.1.2.3:9000",
    "the user logs in and the user is found",
    "session for each user and for all users",
    "user 12345 from nowhere",
    "Chrome/32.0.1.107:443 Safari",
]
HOSTS = [
    ("rhost=dsl-1-2.dynamic.t-ipconnect.de  user=x", "dsl-1-2.dynamic.t-ipconnect.de"),
    ("connect from ppp3.neostrada.pl[62.4.5.6]", "ppp3.neostrada.pl"),
    ("helo=<mail.acme.com>", "mail.acme.com"),
    ("relay=mx1.acme.co.uk[62.4.5.6]:25, delay=1", "mx1.acme.co.uk"),
    ("<= a@b.fr H=srv-3.acme.fr [62.4.5.6] P=esmtp", "srv-3.acme.fr"),
    ("CONNECT ppp3.neostrada.pl:443 x HIER_DIRECT/62.4.5.6", "ppp3.neostrada.pl"),
    ("server: pc-9.west.corp.acme.com/62.1.2.3:9000", "pc-9.west.corp.acme.com"),
    ("name Maries-MacBook.local joined", "Maries-MacBook.local"),
    ('"host": "web.acme.io"', "web.acme.io"),
]
NO_HOSTS = [
    "setting spark.app.name and user.id from java.io.tmpdir",
    "Microsoft.NET and ASP.NET are installed",
    "run deploy.prod.sh and import.py, then main.rs",
    "call com.acme.shop.site.com(1)",
    "from 1.2.3.4 to 5.6.7.8",
]


@pytest.mark.parametrize(("line", "user"), USERS)
def test_user_of_a_line(found, line, user):
    hits = found(line, name="message", kind=Kind.MESSAGE)
    assert ("USERNAME", user) in hits, hits


@pytest.mark.parametrize("line", NO_USERS)
def test_no_user_in_a_line(found, line):
    hits = found(line, name="message", kind=Kind.MESSAGE)
    assert "USERNAME" not in {kind for kind, _ in hits}, hits


@pytest.mark.parametrize(("line", "host"), HOSTS)
def test_host_of_a_line(found, line, host):
    hits = found(line, name="message", kind=Kind.MESSAGE)
    assert ("HOST_NAME", host) in hits, hits


@pytest.mark.parametrize("line", NO_HOSTS)
def test_no_host_in_a_line(found, line):
    hits = found(line, name="message", kind=Kind.MESSAGE)
    assert "HOST_NAME" not in {kind for kind, _ in hits}, hits


def test_the_folder_of_sudo_is_no_password(found):
    line = "sudo: anna : TTY=pts/0 ; PWD=/home/anna ; USER=root ; COMMAND=/bin/ls"
    assert "PASSWORD" not in {kind for kind, _ in found(line, kind=Kind.MESSAGE)}


@pytest.mark.parametrize("line", ["SMS to +33612345678: hello", "trunk/+33612345678 called"])
def test_telephone_numbers_beside_signs(found, line):
    hits = found(line, name="message", kind=Kind.MESSAGE)
    assert ("PHONE_NUMBER", "+33612345678") in hits, hits
