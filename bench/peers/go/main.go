// A task API as it is written by hand in Go: net/http, pgx with its prepared statements, golang-jwt.
package main

import (
	"context"
	"encoding/json"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"unicode/utf8"

	"github.com/golang-jwt/jwt"
)

type server struct {
	store  *store
	secret []byte
	parser *jwt.Parser
}

func send(w http.ResponseWriter, status int, content interface{}) {
	body, err := json.Marshal(content)
	if err != nil {
		log.Print(err)
		w.WriteHeader(500)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	w.Write(body)
}

func refuse(w http.ResponseWriter, status int, detail string) {
	send(w, status, map[string]string{"detail": detail})
}

func sendOne(w http.ResponseWriter, status int, found *task, err error) {
	switch {
	case err != nil:
		log.Print(err)
		refuse(w, 500, "Internal server error")
	case found == nil:
		refuse(w, 404, "Task not found")
	default:
		send(w, status, found)
	}
}

func (s *server) subjectOf(token string) (string, bool) {
	claims := jwt.MapClaims{}
	_, err := s.parser.ParseWithClaims(token, claims, func(*jwt.Token) (interface{}, error) { return s.secret, nil })
	subject, isText := claims["sub"].(string)
	return subject, err == nil && isText
}

func numberIn(text string, otherwise, min, max int) (int, bool) {
	if text == "" {
		return otherwise, true
	}
	number, err := strconv.Atoi(text)
	return number, err == nil && number >= min && number <= max
}

func (s *server) list(w http.ResponseWriter, r *http.Request, owner string) {
	query := r.URL.Query()
	limit, isLimit := numberIn(query.Get("limit"), 20, 1, 100)
	offset, isOffset := numberIn(query.Get("offset"), 0, 0, 1<<31-1)
	statement, isListed := listOf(query.Get("status"), query.Get("sort"))
	if !isLimit || !isOffset || !isListed {
		refuse(w, 422, "Invalid query")
		return
	}
	tasks, err := s.store.list(r.Context(), statement, owner, limit, offset)
	if err != nil {
		log.Print(err)
		refuse(w, 500, "Internal server error")
		return
	}
	send(w, 200, tasks)
}

func (s *server) create(w http.ResponseWriter, r *http.Request, owner string) {
	var content struct {
		Title       string  `json:"title"`
		Description *string `json:"description"`
	}
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&content)
	length := utf8.RuneCountInString(content.Title)
	isTooLong := content.Description != nil && utf8.RuneCountInString(*content.Description) > 1000
	if err != nil || length < 1 || length > 200 || isTooLong {
		refuse(w, 422, "Invalid task")
		return
	}
	made, err := s.store.create(r.Context(), owner, content.Title, content.Description)
	sendOne(w, 201, made, err)
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	parts := strings.Split(r.URL.Path, "/") // "", api, user, tasks, id, complete
	if len(parts) < 4 || len(parts) > 6 || parts[1] != "api" || parts[3] != "tasks" {
		refuse(w, 404, "Not found")
		return
	}
	header := r.Header.Get("Authorization")
	if !strings.HasPrefix(header, "Bearer ") {
		refuse(w, 401, "Not authenticated")
		return
	}
	owner := parts[2]
	subject, isValid := s.subjectOf(header[len("Bearer "):])
	if !isValid {
		refuse(w, 401, "Invalid token")
		return
	}
	if subject != owner {
		refuse(w, 403, "Forbidden")
		return
	}
	if len(parts) == 4 {
		switch r.Method {
		case http.MethodGet:
			s.list(w, r, owner)
		case http.MethodPost:
			s.create(w, r, owner)
		default:
			refuse(w, 405, "Method not allowed")
		}
		return
	}
	id, isId := numberIn(parts[4], 0, 1, 1<<31-1)
	switch {
	case !isId || parts[4] == "":
		refuse(w, 422, "Invalid id")
	case len(parts) == 5 && r.Method == http.MethodGet:
		found, err := s.store.get(r.Context(), owner, id)
		sendOne(w, 200, found, err)
	case len(parts) == 6 && parts[5] == "complete" && r.Method == http.MethodPatch:
		found, err := s.store.toggle(r.Context(), owner, id)
		sendOne(w, 200, found, err)
	default:
		refuse(w, 405, "Method not allowed")
	}
}

func main() {
	connections, err := strconv.Atoi(os.Getenv("DB_POOL_SIZE"))
	if err != nil {
		log.Fatal("DB_POOL_SIZE must be a number of connections: ", err)
	}
	opened, err := openStore(context.Background(), os.Getenv("DATABASE_URL"), int32(connections))
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Getenv("PORT"))
	if err != nil {
		log.Fatal(err)
	}
	go func() {
		ended := make(chan os.Signal, 1)
		signal.Notify(ended, syscall.SIGTERM)
		<-ended
		os.Exit(0)
	}()
	handler := &server{
		store:  opened,
		secret: []byte(os.Getenv("BETTER_AUTH_SECRET")),
		parser: &jwt.Parser{ValidMethods: []string{"HS256"}},
	}
	log.Fatal(http.Serve(listener, handler))
}
