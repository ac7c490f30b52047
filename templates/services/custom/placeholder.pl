#!/usr/bin/perl
# A placeholder that keeps the stack healthy until your own service is here. It is in Perl only
# because every Debian image has Perl, so that nothing has to be installed to throw away later.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use POSIX qw(strftime);

$| = 1;
my %RANK    = (trace => 0, debug => 1, info => 2, warn => 3, error => 4, fatal => 5, silent => 6);
my %REASON  = (200 => 'OK', 400 => 'Bad Request', 404 => 'Not Found', 405 => 'Method Not Allowed');
my $SERVICE = setting('SERVICE_NAME') // 'service';
my $LEVEL   = $RANK{lc(setting('LOG_LEVEL') // 'info')} // $RANK{info};
my $PORT    = setting('PORT') // setting('SERVICE_PORT') // 8000;
my $HEALTH  = setting('HEALTHCHECK_PATH') // '/health';

my %routes = (
    '/'      => sub { object(service => $SERVICE, endpoints => ['GET /health', 'GET /ready']) },
    '/ready' => sub { object(status => 'ready', checks => \object(postgres => 'off', redis => 'off')) },
);
$routes{$_} = sub { object(status => 'healthy', service => $SERVICE, timestamp => now()) }
    for '/health', $HEALTH;
my %quiet = map { $_ => 1 } '/health', $HEALTH, '/ready';    # probes: debug only

fail('PORT must be a port number from 1 to 65535')
    unless $PORT =~ /^[0-9]{1,5}$/ && $PORT >= 1 && $PORT <= 65535;
my $listener = IO::Socket::INET->new(LocalAddr => '0.0.0.0', LocalPort => $PORT, Listen => 128, ReuseAddr => 1)
    or fail("Cannot listen on port $PORT: $!");
$SIG{CHLD} = 'IGNORE';                 # finished requests leave no zombies
$SIG{TERM} = $SIG{INT} = \&shut_down;
record('info', 'Listening', port => \$PORT);

my $select = IO::Select->new($listener);
while (1) {
    next unless $select->can_read(1);
    my $client = $listener->accept or next;
    my $pid = fork;                    # one process per request: a slow client holds up nobody
    if (defined $pid && $pid == 0) {
        $SIG{TERM} = $SIG{INT} = 'IGNORE';
        close $listener;
        alarm 10;                      # for the whole request; the default action ends the process
        answer($client);
        exit 0;
    }
    close $client;
}

sub answer {
    my ($client) = @_;
    my $start = ticks();
    my $head  = '';
    until ($head =~ /\r?\n\r?\n/) {
        return if length $head > 16_384 || !sysread $client, $head, 4096, length $head;
    }
    my ($method, $path) = $head =~ m{\A([A-Z]+) (/[^ ?#]*)[^ ]* HTTP/1\.[01]\r?\n};
    my ($id) = $head =~ /^x-request-id:[ \t]*([\w.-]{1,128})[ \t]*\r?$/mi;
    $id //= random_id();

    my $status = !defined $path               ? 400
               : !$routes{$path}              ? 404
               : $method !~ /^(?:GET|HEAD)$/  ? 405
               :                                200;
    my $body = $status == 200 ? $routes{$path}->() : problem($status);
    print $client join "\r\n",
        "HTTP/1.1 $status $REASON{$status}",
        'content-type: application/json',
        'content-length: ' . length $body,
        "x-request-id: $id",
        'connection: close',
        '',
        ($method // '') eq 'HEAD' ? '' : $body;
    shutdown $client, 1;

    my $ms = 10 * (ticks() - $start);
    record($path && $quiet{$path} ? 'debug' : 'info', 'Request completed',
        requestId => $id, method => $method // '', path => $path // '', status => \$status, durationMs => \$ms);
    1 while sysread $client, my $rest, 65_536;    # closing on unread data would reset the connection
}

sub problem {
    my ($status) = @_;
    my $code = lc $REASON{$status} =~ tr/ /_/r;
    return object(error => \object(code => $code, message => $REASON{$status}));
}

# Stop accepting, let requests finish (each has its own alarm), leave.
sub shut_down {
    close $listener;
    record('info', 'Shutting down');
    1 while wait != -1;
    exit 0;
}

sub fail { record('fatal', $_[0]); exit 1 }

sub record {
    my ($level, $message, @fields) = @_;
    return if $RANK{$level} < $LEVEL;
    print object(time => now(), level => $level, service => $SERVICE, message => $message, @fields), "\n";
}

# A JSON object: strings are quoted, arrays hold strings, a reference to a scalar is JSON already.
sub object {
    my @members;
    while (my ($key, $value) = splice @_, 0, 2) {
        my $json = ref $value eq 'ARRAY' ? '[' . join(',', map { quote($_) } @$value) . ']'
                 : ref $value            ? $$value
                 :                         quote($value);
        push @members, quote($key) . ":$json";
    }
    return '{' . join(',', @members) . '}';
}

sub quote {
    my ($text) = @_;
    $text =~ s/(["\\]|[^ -~])/sprintf '\\u%04x', ord $1/ge;
    return qq("$text");
}

sub setting { my $value = $ENV{$_[0]}; return defined $value && length $value ? $value : undef }
sub now     { strftime '%Y-%m-%dT%H:%M:%SZ', gmtime }
sub ticks   { (POSIX::times())[0] }    # hundredths of a second

sub random_id {
    open my $file, '<', '/proc/sys/kernel/random/uuid' or return sprintf '%x-%x', $$, time;
    chomp(my $id = <$file>);
    return $id;
}
