#!/bin/sh
# Runs in the booted Debian, where the package is installed and enabled and the next version lies in /trial/next.deb.
# The guide's commands are tried there too. One line per finding, "ok ..." or "BAD ..."; the last line is "done".
exec >/trial/findings 2>&1
set -u

check() {
  name=$1
  shift
  if "$@" >/trial/last 2>&1; then
    echo "ok $name"
  else
    echo "BAD $name"
    sed 's/^/    /' /trial/last | tail -n 15
  fi
}
active() { systemctl is-active --quiet cabinmood; }
# Readiness is the service's own word (Type=notify), so nothing is waited for beyond the start job.
started() { timeout 60 systemctl start cabinmood && active; }
stopped() { timeout 30 systemctl stop cabinmood && ! active; }
retained() { timeout 20 mosquitto_sub -C 1 -t "cabinmood/car/$1"; }
says() { retained "$1" | grep -q "$2"; }
# Every shell block of the integrator's guide, as it stands there; those marked with more than "sh" need what is not here.
guide() {
  awk '/^```/ { if (inside) { inside = 0 } else if ($0 == "```sh") { inside = 1; n++; next } }
       inside { print > sprintf("/trial/guide-%02d", n) }' /trial/README.md
  cd /trial || return
  for block in /trial/guide-*; do
    check "guide: $(head -n 1 "$block" | cut -c 1-80)" sh -ex "$block"
  done
}
as_user() { [ "$(systemctl show -p User --value cabinmood)" = cabinmood ] && [ "$(stat -c %U /var/lib/cabinmood)" = cabinmood ]; }
locked_down() {
  score=$(systemd-analyze security cabinmood --no-pager | sed -n 's/.*Overall exposure level[^:]*: \([0-9.]*\).*/\1/p')
  echo "exposure $score"
  [ -n "$score" ] && [ "${score%.*}" -lt 2 ]
}
# Level and fields in the journal, as the service itself wrote them.
structured() {
  journalctl -u cabinmood -o export >/trial/journal
  grep -aqx 'CABINMOOD_EVENT=Started' /trial/journal && grep -aqx 'PRIORITY=6' /trial/journal &&
    ! journalctl -u cabinmood -o cat | grep -q '^INFO '
}
connected() { systemctl show -p StatusText --value cabinmood | grep -q 'Connected to the broker'; }
camera() { sed -i "s#\"Source\": \"[^\"]*\"#\"Source\": \"$1\"#" /etc/cabinmood/cabinmood.json && systemctl restart cabinmood; }
# A driver that gives no frames, and whose end takes ten minutes once they are given up: a native call that hangs.
restarted_when_it_hangs() {
  camera "videotestsrc is-live=true ! identity sleep-time=600000000"
  trip=$(mosquitto_sub -t cabinmood/car/privacy -C 1 -W 20 | sed 's/.*"trip":"\([^"]*\)".*/\1/')
  mosquitto_rr -q 1 -W 20 -e head-unit/answers -t cabinmood/car/set/consent -m "{\"id\":\"hang-1\",\"granted\":true,\"trip\":\"$trip\"}"
  timeout 90 sh -c 'until journalctl -u cabinmood -o cat | grep -q "Watchdog timeout"; do sleep 1; done'
  hung=$?
  camera /usr/lib/cabinmood/configs/demo-clip.webm
  [ "$hung" = 0 ] && active
}
upgraded() { dpkg -i /trial/next.deb && active && dpkg-query -W -f '${Version}' cabinmood | grep -q "$(cat /trial/next.version)"; }
kept() { grep -q demo-clip.webm /etc/cabinmood/cabinmood.json && [ -s /var/lib/cabinmood/cabinmood.db ]; }
purged() { dpkg -P cabinmood; }
gone() { ! systemctl is-active --quiet cabinmood && [ ! -e /var/lib/cabinmood ] && [ ! -e /etc/cabinmood ] && [ ! -e /usr/lib/cabinmood ] && [ ! -e /usr/bin/cabinmood ]; }

check "it started with the system" started
check "it runs as its own user" as_user
check "systemd rates it under 2" locked_down
check "it is online on MQTT" says availability online
check "consent is off before the driver agrees" says privacy '"consent":"withheld"'
guide
check "the journal has levels and fields" structured
check "systemd is told that the broker is there" connected
check "it is restarted when a native call hangs" restarted_when_it_hangs
check "it stops" stopped
check "it is offline then" says availability offline
check "it starts" started
check "it is upgraded while it runs" upgraded
check "settings and stored data outlive the upgrade" kept
check "it is purged" purged
check "nothing of it is left" gone
echo "done"
poweroff
